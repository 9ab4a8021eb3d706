import { Input, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import type { RuleShape } from '@anmai/wire';
import { chooseRule } from '../shell/route';
import { useWords } from '../text/language';
import { CoverageWords, EnabledSwitch, LimitMarks, SourceShort } from './rule-parts';
import { inOrder, matches, scopeWords } from './rule-words';

interface ListProps {
  readonly rules: readonly RuleShape[];
  readonly may: boolean;
}

export function RuleList({ rules, may }: ListProps) {
  const words = useWords();
  const { t } = words;
  const [search, setSearch] = useState('');
  const rows = inOrder(rules).filter(rule => matches(words, rule, search));
  const columns: TableColumnsType<RuleShape> = [
    {
      title: t('col.rule'),
      render: (_, rule) => (
        <>
          <button
            type="button"
            className="as-link"
            data-rule-id={rule.id}
            onClick={() => chooseRule(rule.id)}
          >
            {rule.name}
          </button>
          <div className="quiet">
            {t(`type.${rule.condition.type}`)} · {rule.id}
          </div>
        </>
      ),
    },
    { title: t('col.limits'), width: 260, render: (_, rule) => <LimitMarks condition={rule.condition} /> },
    { title: t('col.scope'), width: 220, render: (_, rule) => scopeWords(words, rule.appliesTo) },
    { title: t('col.source'), width: 240, render: (_, rule) => <SourceShort source={rule.source} /> },
    {
      title: t('col.version'),
      width: 64,
      align: 'right',
      render: (_, rule) => <span className="num">{rule.version}</span>,
    },
    { title: t('col.coverage'), width: 200, render: (_, rule) => <CoverageWords coverage={rule.coverage} /> },
    {
      title: t('col.enabled'),
      width: 96,
      render: (_, rule) => <EnabledSwitch rule={rule} may={may} />,
    },
  ];
  return (
    <>
      <div className="rules-search">
        <Input
          allowClear
          placeholder={t('rules.search')}
          aria-label={t('rules.search')}
          value={search}
          onChange={event => setSearch(event.target.value)}
        />
        <span className="quiet num">{t('rules.count', { n: rows.length })}</span>
      </div>
      <Table
        size="small"
        rowKey="id"
        columns={columns}
        dataSource={rows}
        scroll={{ x: 1100 }}
        rowClassName={rule => (rule.enabled ? '' : 'rule-off')}
        pagination={{ pageSize: 50, showSizeChanger: false, hideOnSinglePage: true }}
        locale={{ emptyText: t(rules.length === 0 ? 'rules.none' : 'rules.nothing') }}
      />
    </>
  );
}
