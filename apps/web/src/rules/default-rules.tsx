import { Button, Table, type TableColumnsType } from 'antd';
import type { DefaultRuleShape, DefaultsTakenShape } from '@anmai/wire';
import { useState } from 'react';
import { useIsPlatformWide } from '../plans/plan-data';
import { PaneSkeleton, ProblemNote } from '../shell/notes';
import { chooseRule } from '../shell/route';
import { useWords } from '../text/language';
import { useDefaults, useTakeDefaults } from './rule-data';
import { LimitMarks, SourceShort } from './rule-parts';
import { scopeWords } from './rule-words';

/** Rules that come along with the program, and which of them somebody has taken over. */
export function DefaultRules({ may }: { readonly may: boolean }) {
  const { t } = useWords();
  const query = useDefaults();
  const take = useTakeDefaults();
  const isWide = useIsPlatformWide();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const items = query.data?.items ?? [];
  const missing = items.filter(each => each.state === 'missing').map(each => each.id);
  const mayHere = may && isWide;
  return (
    <section data-testid="default-rules">
      <div className="part-head">
        <p className="quiet">{t('defaults.intro')}</p>
        {may && !isWide && <p className="note">{t('plan.platformOnly')}</p>}
        {mayHere && (
          <span className="row-acts">
            <Button disabled={missing.length === 0} onClick={() => setChosen(missing)}>
              {t('defaults.chooseAll', { n: missing.length })}
            </Button>
            <Button
              type="primary"
              data-testid="take-defaults"
              disabled={chosen.length === 0}
              loading={take.isPending}
              onClick={() => take.mutate(chosen, { onSuccess: () => setChosen([]) })}
            >
              {t('defaults.take', { n: chosen.length })}
            </Button>
          </span>
        )}
      </div>
      {query.isError && <ProblemNote error={query.error} onRetry={() => void query.refetch()} />}
      {take.isError && <ProblemNote error={take.error} />}
      {take.isSuccess && <Taken taken={take.data} />}
      {query.isPending && <PaneSkeleton />}
      {query.isSuccess && <Rows items={items} chosen={chosen} may={mayHere} onChoose={setChosen} />}
    </section>
  );
}

function Taken({ taken: { created, present, refused } }: { readonly taken: DefaultsTakenShape }) {
  const { t } = useWords();
  return (
    <div className="note" role="status" data-testid="defaults-taken">
      <p>
        {t('defaults.taken', { created: created.length, present: present.length, refused: refused.length })}
      </p>
      {refused.length > 0 && (
        <ul>
          {refused.map(({ id, reason }) => (
            <li key={id}>
              <b>{id}</b> <span className="quiet">{reason}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

interface RowsProps {
  readonly items: readonly DefaultRuleShape[];
  readonly chosen: readonly string[];
  readonly may: boolean;
  readonly onChoose: (ids: readonly string[]) => void;
}

function Rows({ items, chosen, may, onChoose }: RowsProps) {
  const words = useWords();
  const { t, lang } = words;
  const columns: TableColumnsType<DefaultRuleShape> = [
    {
      title: t('col.rule'),
      render: (_, { id, name, nameEn, condition, needs }) => (
        <>
          <b>{lang === 'zh' ? name : nameEn}</b>
          <div className="quiet">
            {t(`type.${condition.type}`)} · {id}
            {needs.length > 0 && ` · ${t('defaults.needs', { ids: needs.join(', ') })}`}
          </div>
        </>
      ),
    },
    {
      title: t('col.limits'),
      width: 280,
      render: (_, { condition }) => <LimitMarks condition={condition} />,
    },
    { title: t('col.scope'), width: 220, render: (_, { appliesTo }) => scopeWords(words, appliesTo) },
    { title: t('col.source'), width: 240, render: (_, { source }) => <SourceShort source={source} /> },
    {
      title: t('window.state'),
      width: 120,
      render: (_, { id, state }) =>
        state === 'inForce' ? (
          <button type="button" className="as-link" onClick={() => chooseRule(id)}>
            {t('defaults.inForce')}
          </button>
        ) : (
          <span className="quiet">{t(`defaults.${state}`)}</span>
        ),
    },
  ];
  return (
    <Table<DefaultRuleShape>
      size="small"
      rowKey="id"
      columns={columns}
      dataSource={[...items]}
      scroll={{ x: 1000 }}
      onRow={({ id, state }) => ({ 'data-default-id': id, 'data-state': state }) as object}
      {...(may
        ? {
            rowSelection: {
              selectedRowKeys: [...chosen],
              onChange: keys => onChoose(keys.map(String)),
              getCheckboxProps: ({ state }) => ({ disabled: state !== 'missing' }),
            },
          }
        : {})}
      pagination={{ pageSize: 50, showSizeChanger: false, hideOnSinglePage: true }}
    />
  );
}
