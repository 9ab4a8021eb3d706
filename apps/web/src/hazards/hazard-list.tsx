import { Button, Table, type TableColumnsType } from 'antd';
import type { HazardShape } from '@anmai/wire';
import { Empty, ListSkeleton, ProblemNote } from '../shell/notes';
import { useNow } from '../shell/now';
import { fullTime } from '../text/format';
import { useWords } from '../text/language';
import { useHazards, type HazardFilter } from './hazard-data';
import { LevelMark, StageWord, TimerWords } from './hazard-parts';

interface ListProps {
  readonly filter: HazardFilter;
  readonly chosenId: string | null;
  readonly withBuilding: boolean;
  readonly onChoose: (id: string) => void;
}

const MINUTE_MS = 60_000;

export function HazardList({ filter, chosenId, withBuilding, onChoose }: ListProps) {
  const { t } = useWords();
  const now = useNow(MINUTE_MS);
  const query = useHazards(filter);
  if (query.isPending) return <ListSkeleton />;
  const rows = query.data?.pages.flatMap(page => page.items) ?? [];
  const columns: TableColumnsType<HazardShape> = [
    { title: t('haz.level'), width: 76, render: (_, row) => <LevelMark level={row.level} /> },
    {
      title: t('haz.title'),
      render: (_, row) => (
        <>
          <button type="button" className="as-link" onClick={() => onChoose(row.id)}>
            {row.title}
          </button>
          <div className="quiet">
            {[withBuilding ? row.buildingName : '', row.where].filter(part => part !== '').join(' · ')}
          </div>
        </>
      ),
    },
    { title: t('haz.stage'), width: 110, render: (_, row) => <StageWord hazard={row} /> },
    { title: t('haz.expected'), width: 190, render: (_, row) => <TimerWords hazard={row} now={now} /> },
    {
      title: t('haz.found'),
      width: 150,
      render: (_, row) => (
        <>
          <span className="num">{fullTime(row.foundAt).slice(0, 16)}</span>
          <div className="quiet">{t(`hazSource.${row.source}`)}</div>
        </>
      ),
    },
  ];
  return (
    <>
      {query.isError && <ProblemNote error={query.error} onRetry={() => void query.refetch()} />}
      <Table
        size="small"
        rowKey="id"
        className="hazard-table"
        columns={columns}
        dataSource={rows}
        pagination={false}
        rowClassName={row => (row.id === chosenId ? 'chosen' : '')}
        onRow={({ id }) => ({ 'data-hazard-id': id, onClick: () => onChoose(id) }) as object}
        locale={{ emptyText: <Empty title={t('haz.none')} hint={t('haz.noneHint')} /> }}
      />
      {query.hasNextPage && (
        <Button size="small" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('bld.more')}
        </Button>
      )}
    </>
  );
}
