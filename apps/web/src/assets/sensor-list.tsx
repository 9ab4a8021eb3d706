import type { SensorShape } from '@anmai/wire';
import { SeverityMark } from '../look/severity-mark';
import { useNow } from '../shell/now';
import { useWords } from '../text/language';
import { fullTime, readingText, unitText } from '../text/format';
import { spanText } from '../text/words';
import { newer, useLiveRows } from './latest';

const AGE_MS = 5_000;

interface ListProps {
  readonly sensors: readonly SensorShape[];
  readonly chosenId: string | null;
  readonly onChoose: (id: string) => void;
}

/** The sensors of one asset: last value, its age, and whether it can be believed. */
export function SensorList({ sensors, chosenId, onChoose }: ListProps) {
  const now = useNow(AGE_MS);
  return (
    <table className="plain choosable">
      <tbody>
        {sensors.map(sensor => (
          <SensorRow
            key={sensor.id}
            sensor={sensor}
            chosen={sensor.id === chosenId}
            now={now}
            onChoose={onChoose}
          />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps {
  readonly sensor: SensorShape;
  readonly chosen: boolean;
  readonly now: number;
  readonly onChoose: (id: string) => void;
}

function SensorRow({ sensor, chosen, now, onChoose }: RowProps) {
  const words = useWords();
  const latest = newer(sensor.latest, useLiveRows(sensor.id).at(-1) ?? null);
  const { severity, blind } = sensor.state;
  const age = latest
    ? words.t('span.ago', { span: spanText(words, now - Date.parse(latest.at)) })
    : words.t('detail.neverHeard');
  return (
    <tr className={chosen ? 'chosen' : ''} data-testid="sensor-row" data-sensor-id={sensor.id}>
      <td>
        <button type="button" className="as-text" aria-pressed={chosen} onClick={() => onChoose(sensor.id)}>
          {(severity !== null || blind) && (
            <SeverityMark severity={severity} fill={blind ? 'hatched' : 'solid'} size={14} />
          )}
          {sensor.name || words.named('quantity', sensor.quantity)}
        </button>
      </td>
      <td className={blind ? 'num right stale' : 'num right'}>
        {readingText(latest?.value ?? null)} <small className="quiet">{unitText(sensor.unit)}</small>
      </td>
      <td className="num right quiet" title={latest ? fullTime(latest.at) : ''}>
        {blind ? `${words.t('condition.blind')} · ${age}` : age}
      </td>
    </tr>
  );
}
