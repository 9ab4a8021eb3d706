import { Button, Select, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { DUE_STATES } from '@anmai/lifecycle';
import type { DueShape } from '@anmai/wire';
import { Empty, ListSkeleton, ProblemNote } from '../shell/notes';
import { chooseBuilding } from '../shell/route';
import { useWords } from '../text/language';
import type { Words } from '../text/words';
import { NO_DUE_FILTER, useDue, useDueCounts, type DueFilterState } from './checkup-data';
import { showCheckups } from './show-checkups';
import { CheckupBadge, DueBadge } from './state-badge';
import { StreetCounts } from './street-counts';

/** What is due, first due first, beside how it stands in each street. */
export function DuePane() {
  const words = useWords();
  const { t } = words;
  const [filter, setFilter] = useState<DueFilterState>(NO_DUE_FILTER);
  const query = useDue(filter);
  const counts = useDueCounts();
  const rows = query.data?.pages.flatMap(page => page.items) ?? [];
  const waiting = query.data?.pages[0]?.waiting ?? 0;
  return (
    <div className="due-pane">
      <StreetCounts counts={counts.data} filter={filter} onFilter={setFilter} />
      <section>
        <div className="due-filter">
          <Select
            size="small"
            aria-label={t('chk.state')}
            value={filter.state}
            onChange={state => setFilter({ ...filter, state })}
            options={[
              { value: '', label: t('chk.actionable') },
              ...DUE_STATES.map(value => ({ value, label: t(`due.${value}`) })),
            ]}
          />
          {filter.street !== '' && (
            <Button size="small" onClick={() => setFilter({ ...filter, district: '', street: '' })}>
              {filter.district} {filter.street} ✕
            </Button>
          )}
          {waiting > 0 && (
            <span className="blind-note" role="status">
              {t('chk.waiting', { n: waiting })}
            </span>
          )}
        </div>
        {query.isError && <ProblemNote error={query.error} onRetry={() => void query.refetch()} />}
        {query.isPending ? (
          <ListSkeleton />
        ) : (
          <Table
            size="small"
            rowKey={row => row.building.id}
            columns={columnsIn(words)}
            dataSource={rows}
            pagination={false}
            onRow={row => ({ 'data-building-id': row.building.id }) as object}
            locale={{ emptyText: <Empty title={t('chk.nothingDue')} hint={t('chk.nothingDueHint')} /> }}
          />
        )}
        {query.hasNextPage && (
          <Button size="small" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t('bld.more')}
          </Button>
        )}
      </section>
    </div>
  );
}

const columnsIn = (words: Words): TableColumnsType<DueShape> => {
  const { t } = words;
  return [
    { title: t('chk.state'), width: 104, render: (_, { state }) => <DueBadge state={state} /> },
    {
      title: t('col.building'),
      render: (_, { building }) => (
        <>
          <button type="button" className="as-link" onClick={() => chooseBuilding(building.id)}>
            {building.name}
          </button>
          <div className="quiet">{building.address}</div>
        </>
      ),
    },
    { title: t('col.street'), width: 150, render: (_, { building }) => `${building.district} ${building.street}` },
    { title: t('chk.dueOn'), width: 168, render: (_, row) => <DueDay row={row} /> },
    { title: t('chk.rule'), width: 200, render: (_, row) => <RuleText row={row} /> },
    { title: t('chk.lastOn'), width: 110, render: (_, { lastOn }) => <span className="num">{lastOn ?? '—'}</span> },
    {
      title: t('chk.open'),
      width: 120,
      render: (_, { open }) =>
        open === null ? (
          <span className="quiet">—</span>
        ) : (
          <button type="button" className="as-link" onClick={() => showCheckups(open.id)}>
            <CheckupBadge state={open.state} />
          </button>
        ),
    },
  ];
}; // prettier-ignore

/** The day, and whether it is one that is sure: what is missing is named, never passed over. */
function DueDay({ row }: { readonly row: DueShape }) {
  const { t } = useWords();
  const { dueOn, isEarliest, missing, state } = row;
  if (dueOn === null) return <span className="quiet">—</span>;
  const names = missing.map(datum => t(`datum.${datum}`)).join(t('chk.and'));
  return (
    <>
      <span className="num">
        {isEarliest && t('chk.earliest')} {dueOn}
      </span>
      {names !== '' && (
        <div className={state === 'unknown' ? 'blind-note' : 'quiet'}>
          {t('chk.missing', { what: names })}
        </div>
      )}
    </>
  );
}

function RuleText({ row: { rule, designLifeAssumed } }: { readonly row: DueShape }) {
  const { t } = useWords();
  if (rule === null) return <span className="quiet">—</span>;
  const isProvisional = rule.mark.status === 'provisional';
  return (
    <span title={rule.mark.source}>
      {rule.id} v{rule.version}
      {isProvisional && <span className="provisional"> {t('chk.provisional')}</span>}
      {designLifeAssumed && <div className="quiet">{t('chk.lifeAssumed')}</div>}
    </span>
  );
}
