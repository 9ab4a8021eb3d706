import { Button, type InputRef } from 'antd';
import { useMemo, useState, type Ref } from 'react';
import { Empty, ListSkeleton, ProblemNote } from '../shell/notes';
import { useNow } from '../shell/now';
import { useAlarmSettings, useAlarms, useTrust } from '../session/data';
import { isDoubtful } from '../live/trust';
import { useWords } from '../text/language';
import { NO_FILTER, type AlarmFilter, type SortBy } from './alarm-order';
import { AsideBar } from './aside-bar';
import { chatterLines } from './chatter-lines';
import { ClosedList } from './closed-list';
import { ListHead } from './list-head';
import { RowList } from './row-list';
import { useAlarmKeys } from './use-alarm-keys';
import { useOrder } from './use-order';
import { useScrollAnchor } from './use-scroll-anchor';

const DAY_CHANGE_MS = 60_000;

interface ListProps {
  readonly selectedId: string | null;
  readonly filter: AlarmFilter;
  readonly onFilter: (filter: AlarmFilter) => void;
  readonly onChoose: (id: string) => void;
  readonly search?: Ref<InputRef>;
}

/** The pane of the alarms: what goes on, live, or by choice what is closed. */
export function AlarmList({ search, ...list }: ListProps) {
  const { t } = useWords();
  const { filter, onFilter } = list;
  const [by, setBy] = useState<SortBy>('severity');
  return (
    <section className="pane alarm-pane" aria-label={t('list.title')}>
      <ListHead filter={filter} by={by} search={search ?? null} onFilter={onFilter} onSort={setBy} />
      <AsideBar filter={filter} onFilter={onFilter} />
      {filter.show === 'closed' ? <ClosedList {...list} /> : <LiveList {...list} by={by} />}
    </section>
  );
}

/** The live list. Nothing moves while the pointer is in it or it is scrolled. */
function LiveList({
  selectedId,
  filter,
  onFilter,
  onChoose,
  by,
}: Omit<ListProps, 'search'> & { readonly by: SortBy }) {
  const { t } = useWords();
  const { alarms: known, query } = useAlarms();
  const trust = useTrust();
  const nowMs = useNow(DAY_CHANGE_MS);
  const chatter = useAlarmSettings().data?.chatter;
  const { heads: alarms, runs } = useMemo(() => chatterLines(known, nowMs, chatter), [known, nowMs, chatter]);
  const [inside, setInside] = useState(false);
  const [scrolled, setScrolled] = useState(false);
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null);
  const hold = inside || scrolled;
  const { ids, entered, settle } = useOrder(alarms, filter, by, hold);
  useScrollAnchor(scroller, ids, hold);

  const toTop = (): void => {
    settle();
    scroller?.scrollTo({ top: 0 });
  };
  useAlarmKeys({ ids, selectedId, onChoose, onTop: toTop });

  const filtered =
    filter !== NO_FILTER && (filter.text !== '' || filter.severity !== null || filter.show !== 'open');
  const waiting = query.isPending && alarms.size === 0;
  const empty = ids.length === 0 && !waiting && !query.isError;
  return (
    <>
      {query.isError && <ProblemNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.data?.cut && <p className="note quiet">{t('list.cut', { n: query.data.count })}</p>}
      <div className="list-frame">
        {entered.length > 0 && (
          <button type="button" className="new-alarms" title={t('list.newHint')} onClick={toTop}>
            ↑ {t('list.new', { n: entered.length })}
          </button>
        )}
        <div
          ref={setScroller}
          className="list-scroll"
          onPointerEnter={() => setInside(true)}
          onPointerLeave={() => setInside(false)}
          onScroll={event => setScrolled(event.currentTarget.scrollTop > 4)}
        >
          {waiting && <ListSkeleton />}
          {empty && filtered && (
            <Empty title={t('list.nothing')}>
              <Button size="small" onClick={() => onFilter(NO_FILTER)}>
                {t('list.reset')}
              </Button>
            </Empty>
          )}
          {empty && !filtered && (
            <Empty
              title={t(isDoubtful(trust) ? 'list.emptyDoubt' : 'list.empty')}
              hint={t('list.emptyHint')}
            />
          )}
          <RowList
            ids={ids}
            alarms={alarms}
            scroller={scroller}
            selectedId={selectedId}
            entered={entered}
            nowMs={nowMs}
            onChoose={onChoose}
            runs={runs}
          />
        </div>
      </div>
    </>
  );
}
