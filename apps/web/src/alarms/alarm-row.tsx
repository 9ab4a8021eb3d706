import { memo } from 'react';
import type { AlarmShape } from '@anmai/wire';
import { SeverityMark, SeverityWord } from '../look/severity-mark';
import { useWords } from '../text/language';
import { fullTime, shortTime, readingText } from '../text/format';
import { isCalling } from './aside';
import { decidingValue, fillOf, limitText, shortSensorName, stateKey, unitOf } from './alarm-text';

interface RowProps {
  readonly alarm: AlarmShape;
  readonly selected: boolean;
  readonly entered: boolean;
  /** How many alarms the line stands for. */
  readonly times?: number;
  /** Start of the present day of the city and the like: only the day of it matters. */
  readonly nowMs: number;
  readonly onChoose: (id: string) => void;
}

function classNames({ alarm, selected, entered }: RowProps): string {
  const names = ['alarm-row', alarm.severity, fillOf(alarm)];
  if (isCalling(alarm)) names.push('fresh');
  if (alarm.closedAt !== null) names.push('closed');
  if (selected) names.push('selected');
  if (entered) names.push('entered');
  return names.join(' ');
}

/** One alarm in the list: what and where, since when, how bad, and whether anybody is on it. */
export const AlarmRow = memo(function AlarmRow(props: RowProps) {
  const { alarm, selected, nowMs, onChoose, times = 1 } = props;
  const words = useWords();
  const value = decidingValue(alarm);
  const pulsing = isCalling(alarm) && alarm.condition === 'active';
  return (
    <li
      id={`row-${alarm.id}`}
      role="option"
      aria-selected={selected}
      className={classNames(props)}
      data-testid="alarm-row"
      data-alarm-id={alarm.id}
      data-condition={alarm.condition}
      data-severity={alarm.severity}
      data-acknowledged={alarm.acknowledged}
      onClick={() => onChoose(alarm.id)}
    >
      <span className="band" />
      <SeverityMark severity={alarm.severity} fill={fillOf(alarm)} pulsing={pulsing} />
      <span className="row-name" title={alarm.assetName}>
        {times > 1 && (
          <b className="row-times num" title={words.t('row.times', { n: times })}>
            ×{times}{' '}
          </b>
        )}
        {alarm.assetName}
      </span>
      <span className="row-time" title={fullTime(alarm.raisedAt)}>
        {shortTime(alarm.raisedAt, nowMs)}
      </span>
      <SeverityWord severity={alarm.severity} fill={fillOf(alarm)} />
      <span className="row-what" title={`${alarm.sensorName} · ${alarm.ruleName}`}>
        {shortSensorName(alarm)}
        {value !== null && unitOf(alarm) !== '' ? (
          <span className="row-value">
            <b>{readingText(value)}</b>{' '}
            <span className="quiet">{limitText(words, alarm.evidence.limit)}</span>
          </span>
        ) : (
          <span className="row-value quiet">{limitText(words, alarm.evidence.limit)}</span>
        )}
      </span>
      <span className="row-state">{words.t(stateKey(alarm))}</span>
    </li>
  );
});
