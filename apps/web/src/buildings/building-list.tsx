import { Button, Table, type TableColumnsType } from 'antd';
import type { BuildingSummaryShape } from '@anmai/wire';
import { Empty, ListSkeleton, ProblemNote } from '../shell/notes';
import { chooseBuilding } from '../shell/route';
import { useWords } from '../text/language';
import type { Words } from '../text/words';
import { filterQuery, useBuildings, type BuildingFilterState } from './building-data';
import { GradeBadge, ProtectionBadge } from './building-parts';
import { yearText } from './building-text';

/** The files that the filter lets through, a page at a time. */
export function BuildingList({ filter }: { readonly filter: BuildingFilterState }) {
  const words = useWords();
  const { t } = words;
  const query = useBuildings(filter);
  const rows = query.data?.pages.flatMap(page => page.items) ?? [];
  const isFiltered = Object.keys(filterQuery(filter)).length > 0;
  if (query.isPending) return <ListSkeleton />;
  return (
    <>
      {query.isError && <ProblemNote error={query.error} onRetry={() => void query.refetch()} />}
      <Table
        size="small"
        rowKey="id"
        className="building-table"
        columns={columnsIn(words)}
        dataSource={rows}
        pagination={false}
        onRow={({ id }) => ({ 'data-building-id': id, onClick: () => chooseBuilding(id) }) as object}
        locale={{
          emptyText: isFiltered ? (
            <Empty title={t('bld.noHit')} />
          ) : (
            <Empty title={t('bld.none')} hint={t('bld.noneHint')} />
          ),
        }}
      />
      {rows.length > 0 && (
        <p className="building-more">
          <span className="quiet">{t('bld.shown', { n: rows.length })}</span>
          {query.hasNextPage && (
            <Button
              size="small"
              loading={query.isFetchingNextPage}
              onClick={() => void query.fetchNextPage()}
            >
              {t('bld.more')}
            </Button>
          )}
        </p>
      )}
    </>
  );
}

const columnsIn = (words: Words): TableColumnsType<BuildingSummaryShape> => {
  const { t } = words;
  return [
    {
      title: t('col.building'),
      render: (_, { id, name }) => (
        <button type="button" className="as-link" onClick={() => chooseBuilding(id)}>
          {name}
        </button>
      ),
    },
    {
      title: t('col.address'),
      render: (_, { address }) => address || <span className="quiet">{t('bld.notKnown')}</span>,
    },
    { title: t('col.grade'), width: 96, render: (_, { grade }) => <GradeBadge grade={grade} /> },
    {
      title: t('col.protection'),
      width: 120,
      render: (_, { protection }) => <ProtectionBadge protection={protection} />,
    },
    {
      title: t('col.structure'),
      width: 140,
      render: (_, { structure }) => (
        <span className={structure === 'unknown' ? 'quiet' : ''}>{t(`structure.${structure}`)}</span>
      ),
    },
    {
      title: t('col.use'),
      width: 120,
      render: (_, { use }) => <span className={use === 'unknown' ? 'quiet' : ''}>{t(`use.${use}`)}</span>,
    },
    {
      title: t('col.storeys'),
      width: 70,
      align: 'right',
      render: (_, { storeys }) => <span className="num">{storeys ?? '—'}</span>,
    },
    { title: t('col.built'), width: 150, render: (_, { yearBuilt }) => yearText(words, yearBuilt) },
  ];
};
