import { useState } from 'react';
import { useAlarmKeys } from '../alarms/use-alarm-keys';
import { isDoubtful } from '../live/trust';
import { useTrust } from '../session/data';
import { Empty, ListSkeleton, ProblemNote } from '../shell/notes';
import { useWords } from '../text/language';
import { useIncidents } from './incident-data';
import { useIncidentOrder } from './incident-order';
import { IncidentRow } from './incident-row';
import { DutyReminder } from './duty-reminder';
import { ListSwitch } from './list-switch';
import { useTimerNow } from './use-timer-now';

interface ListProps {
  readonly selectedId: string | null;
  readonly selectedAlarmId: string | null;
  readonly onChoose: (id: string) => void;
}

/** What operators work on: alarms that belong together, worst first. Nothing moves while somebody reads. */
export function IncidentList({ selectedId, selectedAlarmId, onChoose }: ListProps) {
  const { t } = useWords();
  const { incidents, query } = useIncidents();
  const trust = useTrust();
  const nowMs = useTimerNow([...incidents.values()].flatMap(({ timers }) => timers));
  const [inside, setInside] = useState(false);
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set());
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null);
  const { ids, entered, settle } = useIncidentOrder(incidents, inside);
  const toTop = (): void => {
    settle();
    scroller?.scrollTo({ top: 0 });
  };
  useAlarmKeys({ ids, selectedId, onChoose, onTop: toTop });
  const unfold = (id: string): void => {
    const next = new Set(unfolded);
    if (!next.delete(id)) next.add(id);
    setUnfolded(next);
  };
  const waiting = query.isPending && incidents.size === 0;
  return (
    <section className="pane alarm-pane" aria-label={t('incident.title')}>
      <div className="list-head">
        <div className="list-title">
          <ListSwitch list="incidents" />
          <span className="quiet num">
            {incidents.size === 0 && !query.isSuccess ? '…' : t('incident.count', { n: ids.length })}
          </span>
        </div>
      </div>
      <DutyReminder incidents={incidents} nowMs={nowMs} onChoose={onChoose} />
      {query.isError && <ProblemNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.data?.cut && <p className="note quiet">{t('list.cut', { n: query.data.count })}</p>}
      <div
        className="list-frame"
        onPointerEnter={() => setInside(true)}
        onPointerLeave={() => setInside(false)}
      >
        {entered.length > 0 && (
          <button type="button" className="new-alarms" onClick={toTop}>
            ↑ {t('incident.new', { n: entered.length })}
          </button>
        )}
        <div ref={setScroller} className="list-scroll">
          {waiting && <ListSkeleton />}
          {!waiting && !query.isError && ids.length === 0 && (
            <Empty
              title={t(isDoubtful(trust) ? 'incident.emptyDoubt' : 'incident.empty')}
              hint={t('incident.emptyHint')}
            />
          )}
          <ul
            role="listbox"
            aria-label={t('incident.title')}
            data-testid="incident-list"
            data-count={ids.length}
          >
            {ids.map(id => {
              const incident = incidents.get(id);
              return incident ? (
                <IncidentRow
                  key={id}
                  incident={incident}
                  selected={id === selectedId}
                  selectedAlarmId={selectedAlarmId}
                  unfolded={unfolded.has(id)}
                  nowMs={nowMs}
                  onChoose={onChoose}
                  onUnfold={unfold}
                />
              ) : null;
            })}
          </ul>
        </div>
      </div>
    </section>
  );
}
