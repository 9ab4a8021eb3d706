import { Button, Popconfirm, Table, type TableColumnsType } from 'antd';
import type { AlarmShape, InhibitionShape } from '@anmai/wire';
import { SeverityMark } from '../look/severity-mark';
import { useAlarms, useAssets, useRules } from '../session/data';
import { chooseAlarm } from '../shell/route';
import { SaveProblem } from '../shell/save-problem';
import { useWords } from '../text/language';
import { spanText } from '../text/words';
import { hiddenBy, matcherWords, reachWords, type Names } from './inhibition-words';
import { useRemovePlan } from './plan-data';

/** As many are named in the row; the bar of the alarm list has all. */
const NAMED_MAX = 5;

interface ListProps {
  readonly rules: readonly InhibitionShape[];
  readonly may: boolean;
  readonly onEdit: (rule: InhibitionShape) => void;
  readonly onReload: () => void;
}

function useNames(): Names {
  const rules = new Map(useRules().data?.items.map(({ id, name }) => [id, name]));
  const assets = new Map(useAssets().data?.items.map(({ id, name }) => [id, name]));
  return { rule: id => rules.get(id) ?? id, asset: id => assets.get(id) ?? id };
}

/** Which cause hides which consequence, why, and what that is at this moment. */
export function InhibitionList({ rules, may, onEdit, onReload }: ListProps) {
  const words = useWords();
  const { t } = words;
  const names = useNames();
  const { alarms } = useAlarms();
  const remove = useRemovePlan('inhibitions');
  const columns: TableColumnsType<InhibitionShape> = [
    {
      title: t('inhibit.reason'),
      width: 220,
      render: (_, rule) => (
        <>
          <b>{rule.reason}</b>
          <div className="quiet">{rule.id}</div>
        </>
      ),
    },
    { title: t('inhibit.cause'), render: (_, rule) => matcherWords(words, rule.cause, names) },
    { title: t('inhibit.hides'), render: (_, rule) => matcherWords(words, rule.hides, names) },
    {
      title: t('inhibit.within'),
      width: 170,
      render: (_, { within, maxMs }) => (
        <>
          {reachWords(words, within)}
          {maxMs !== undefined && (
            <div className="quiet num">{t('inhibit.maxOf', { span: spanText(words, maxMs) })}</div>
          )}
        </>
      ),
    },
    {
      title: t('inhibit.now'),
      width: 280,
      render: (_, { id }) => <HiddenNow alarms={hiddenBy(alarms.values(), id)} />,
    },
    {
      title: t('col.action'),
      width: 140,
      render: (_, rule) => (
        <span className="row-acts">
          <Button size="small" data-testid="inhibition-edit" onClick={() => onEdit(rule)}>
            {t('plan.edit')}
          </Button>
          <Popconfirm
            title={t('inhibit.removeAsk')}
            okText={t('plan.remove')}
            cancelText={t('plan.keep')}
            onConfirm={() => remove.mutate(rule)}
          >
            <Button size="small" data-testid="inhibition-remove">
              {t('plan.remove')}
            </Button>
          </Popconfirm>
        </span>
      ),
    },
  ];
  return (
    <>
      {remove.isError && <SaveProblem error={remove.error} onReload={() => (remove.reset(), onReload())} />}
      <Table<InhibitionShape>
        size="small"
        rowKey="id"
        columns={may ? columns : columns.slice(0, -1)}
        dataSource={[...rules]}
        scroll={{ x: 1000 }}
        onRow={({ id }) => ({ 'data-inhibition-id': id }) as object}
        pagination={{ pageSize: 50, showSizeChanger: false, hideOnSinglePage: true }}
        locale={{ emptyText: t('inhibit.none') }}
      />
    </>
  );
}

function HiddenNow({ alarms }: { readonly alarms: readonly AlarmShape[] }) {
  const { t } = useWords();
  if (alarms.length === 0) return <span className="quiet">{t('inhibit.nothing')}</span>;
  return (
    <ul className="hidden-now">
      {alarms.slice(0, NAMED_MAX).map(({ id, severity, assetName, ruleName, suppressedBy }) => (
        <li key={id}>
          <SeverityMark severity={severity} fill="hollow" size={12} />{' '}
          <button type="button" className="as-link" onClick={() => chooseAlarm(id)}>
            {assetName} {ruleName}
          </button>{' '}
          <button type="button" className="as-link" onClick={() => chooseAlarm(suppressedBy?.causeId ?? id)}>
            {t('inhibit.toCause')}
          </button>
        </li>
      ))}
      {alarms.length > NAMED_MAX && (
        <li className="quiet">{t('cover.more', { n: alarms.length - NAMED_MAX })}</li>
      )}
    </ul>
  );
}
