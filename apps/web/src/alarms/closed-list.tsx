import { Button, Segmented } from 'antd';
import { useMemo, useState } from 'react';
import { Empty, ListSkeleton, ProblemNote } from '../shell/notes';
import { useNow } from '../shell/now';
import { useClosedAlarms } from '../session/data';
import { wallTime } from '../text/format';
import { useWords } from '../text/language';
import { NO_FILTER, sorted, type AlarmFilter } from './alarm-order';
import { CLOSED_SPANS, recent, wholeDays, type ClosedSpan } from './closed-range';
import { RowList } from './row-list';
import { useAlarmKeys } from './use-alarm-keys';

const MINUTE_MS = 60_000;

interface ListProps {
  readonly selectedId: string | null;
  readonly filter: AlarmFilter;
  readonly onFilter: (filter: AlarmFilter) => void;
  readonly onChoose: (id: string) => void;
}

/** What is over and done with, by the time it was raised. Asked for, not live: it does not change any more. */
export function ClosedList({ selectedId, filter, onFilter, onChoose }: ListProps) {
  const { t } = useWords();
  const now = useNow(MINUTE_MS);
  const today = wallTime(now).day;
  const [span, setSpan] = useState<ClosedSpan>('hour24');
  const [days, setDays] = useState({ first: today, last: today });
  const window =
    (span === 'own' ? wholeDays(days.first, days.last) : null) ??
    recent(span === 'own' ? 'hour24' : span, now);
  const query = useClosedAlarms(window);
  const alarms = useMemo(() => new Map(query.data?.items.map(alarm => [alarm.id, alarm])), [query.data]);
  const ids = useMemo(() => sorted(alarms.values(), filter, 'time'), [alarms, filter]);
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null);
  const toTop = (): void => scroller?.scrollTo({ top: 0 });
  useAlarmKeys({ ids, selectedId, onChoose, onTop: toTop });

  const filtered = filter.text !== '' || filter.severity !== null;
  return (
    <>
      <div className="closed-range">
        <Segmented<ClosedSpan>
          size="small"
          block
          aria-label={t('closed.span')}
          value={span}
          onChange={setSpan}
          options={CLOSED_SPANS.map(name => ({ value: name, label: t(`closed.${name}`) }))}
        />
        {span === 'own' && (
          <div className="closed-days">
            {(['first', 'last'] as const).map(name => (
              <input
                key={name}
                type="date"
                className="num"
                aria-label={t(name === 'first' ? 'closed.from' : 'closed.to')}
                max={today}
                value={days[name]}
                onChange={event => setDays({ ...days, [name]: event.target.value })}
              />
            ))}
          </div>
        )}
      </div>
      {query.isError && <ProblemNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.data?.cut && <p className="note quiet">{t('list.cutClosed', { n: query.data.items.length })}</p>}
      <div className="list-frame">
        <div ref={setScroller} className="list-scroll">
          {query.isPending && <ListSkeleton />}
          {query.isSuccess && ids.length === 0 && (
            <Empty
              title={t(filtered ? 'list.nothing' : 'closed.none')}
              {...(filtered ? {} : { hint: t('closed.noneHint') })}
            >
              {filtered && (
                <Button size="small" onClick={() => onFilter({ ...NO_FILTER, show: 'closed' })}>
                  {t('list.reset')}
                </Button>
              )}
            </Empty>
          )}
          <RowList
            ids={ids}
            alarms={alarms}
            scroller={scroller}
            selectedId={selectedId}
            entered={NONE}
            nowMs={now}
            onChoose={onChoose}
            closed
          />
        </div>
      </div>
    </>
  );
}

const NONE: readonly string[] = [];
