import { memo } from 'react';
import type { IncidentShape } from '@anmai/wire';
import { AlarmRow } from '../alarms/alarm-row';
import { SeverityMark, SeverityWord } from '../look/severity-mark';
import { chooseAlarm } from '../shell/route';
import { fullTime, shortTime } from '../text/format';
import { useWords } from '../text/language';
import { UNFOLDED_MAX, useIncidentAlarms } from './incident-data';
import {
  fillOfIncident,
  incidentTitle,
  nextTimer,
  overdueCount,
  timerText,
  urgencyOf,
} from './incident-text';

interface RowProps {
  readonly incident: IncidentShape;
  readonly selected: boolean;
  readonly selectedAlarmId: string | null;
  readonly unfolded: boolean;
  readonly nowMs: number;
  readonly onChoose: (id: string) => void;
  readonly onUnfold: (id: string) => void;
}

function classNames({ incident, selected }: RowProps): string {
  const names = ['alarm-row', 'incident-row', incident.severity, fillOfIncident(incident)];
  if (incident.stage === 'detected') names.push('fresh');
  if (selected) names.push('selected');
  return names.join(' ');
}

/** One incident in the list: what and where, how many alarms, how far it has come, and what is owed. */
export const IncidentRow = memo(function IncidentRow(props: RowProps) {
  const { incident, selected, unfolded, nowMs, onChoose, onUnfold } = props;
  const words = useWords();
  const { t } = words;
  const { id, severity } = incident;
  const fill = fillOfIncident(incident);
  const timer = nextTimer(incident);
  const urgency = timer === null ? 'ahead' : urgencyOf(timer, nowMs);
  const late = overdueCount(incident, nowMs);
  const cause = incident.cause === null ? '' : words.named('cause', incident.cause.code);
  return (
    <li className="incident-item">
      <div
        id={`incident-${id}`}
        role="option"
        aria-selected={selected}
        className={classNames(props)}
        data-testid="incident-row"
        data-incident-id={id}
        data-stage={incident.stage}
        data-condition={incident.condition}
        data-severity={severity}
        onClick={() => onChoose(id)}
      >
        <span className="band" />
        <SeverityMark
          severity={severity}
          fill={fill}
          pulsing={incident.stage === 'detected' && fill === 'solid'}
        />
        <span className="row-name" title={incidentTitle(words, incident)}>
          {incidentTitle(words, incident)}
        </span>
        <span className="row-time" title={fullTime(incident.openedAt)}>
          {shortTime(incident.openedAt, nowMs)}
        </span>
        <SeverityWord severity={severity} fill={fill} />
        <span className="row-what" title={cause}>
          {cause}
        </span>
        <span className="row-state">{t(`stage.${incident.stage}`)}</span>
        <span className="row-foot">
          <button
            type="button"
            className="unfold num"
            aria-expanded={unfolded}
            title={t('incident.unfold')}
            onClick={event => {
              event.stopPropagation();
              onUnfold(id);
            }}
          >
            {unfolded ? '▾' : '▸'}{' '}
            {t('incident.counts', { open: incident.openCount, all: incident.alarmCount })}
          </button>
          {timer !== null && (
            <span
              className={`row-timer ${urgency} ${urgency === 'ahead' ? 'quiet' : ''} num`}
              data-urgency={urgency}
            >
              {timerText(words, timer, nowMs)}
              {late > 1 && ` ${t('timer.more', { n: late - 1 })}`}
            </span>
          )}
        </span>
      </div>
      {unfolded && <Members {...props} />}
    </li>
  );
});

function Members({ incident, selectedAlarmId, nowMs }: RowProps) {
  const { t } = useWords();
  const query = useIncidentAlarms(incident.id, incident.changedAt);
  const items = query.data?.items ?? [];
  return (
    <ul className="incident-alarms" aria-label={t('list.title')}>
      {items.map(alarm => (
        <AlarmRow
          key={alarm.id}
          alarm={alarm}
          selected={alarm.id === selectedAlarmId}
          entered={false}
          nowMs={nowMs}
          onChoose={alarmId => chooseAlarm(alarmId, incident.id)}
        />
      ))}
      {query.data !== undefined && query.data.nextCursor !== null && (
        <li className="note quiet">{t('incident.alarmsCut', { n: UNFOLDED_MAX })}</li>
      )}
    </ul>
  );
}
