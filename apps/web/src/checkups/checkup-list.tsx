import { Button, Select, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { CHECKUP_STATES } from '@anmai/lifecycle';
import type { CheckupShape } from '@anmai/wire';
import { Empty, ListSkeleton, ProblemNote } from '../shell/notes';
import { useWords } from '../text/language';
import type { Words } from '../text/words';
import { useCheckups } from './checkup-data';
import { showCheckups } from './show-checkups';
import { CheckupBadge } from './state-badge';

/** Check-ups by state; first those that wait for a review. */
export function CheckupList() {
  const words = useWords();
  const { t } = words;
  const [state, setState] = useState('submitted');
  const query = useCheckups(state);
  const rows = query.data?.pages.flatMap(page => page.items) ?? [];
  return (
    <section>
      <div className="due-filter">
        <Select
          size="small"
          aria-label={t('chk.state')}
          value={state}
          onChange={setState}
          options={[
            { value: '', label: t('chk.all') },
            ...CHECKUP_STATES.map(value => ({ value, label: t(`chkState.${value}`) })),
          ]}
        />
      </div>
      {query.isError && <ProblemNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending ? (
        <ListSkeleton />
      ) : (
        <Table
          size="small"
          rowKey="id"
          columns={columnsIn(words)}
          dataSource={rows}
          pagination={false}
          onRow={({ id }) => ({ 'data-checkup-id': id }) as object}
          locale={{ emptyText: <Empty title={t('chk.noCheckups')} /> }}
        />
      )}
      {query.hasNextPage && (
        <Button size="small" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('bld.more')}
        </Button>
      )}
    </section>
  );
}

const columnsIn = ({ t }: Words): TableColumnsType<CheckupShape> => [
  { title: t('chk.state'), width: 110, render: (_, { state }) => <CheckupBadge state={state} /> },
  {
    title: t('col.building'),
    render: (_, { id, building }) => (
      <>
        <button type="button" className="as-link" onClick={() => showCheckups(id)}>
          {building.name}
        </button>
        <div className="quiet">{building.address}</div>
      </>
    ),
  },
  { title: t('chk.kind'), width: 110, render: (_, { kind }) => t(`chkKind.${kind}`) },
  { title: t('chk.agency'), width: 160, render: (_, { agencyId }) => agencyId ?? '—' },
  { title: t('chk.inspectors'), width: 160, render: (_, { inspectors }) => inspectors.join('、') || '—' },
  {
    title: t('chk.dueOn'),
    width: 110,
    render: (_, { dueOn }) => <span className="num">{dueOn ?? '—'}</span>,
  },
];
