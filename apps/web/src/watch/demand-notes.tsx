import type { CheckupDemandShape } from '@anmai/wire';
import { SeverityMark } from '../look/severity-mark';
import { chooseAlarm, chooseBuilding } from '../shell/route';
import { fullTime } from '../text/format';
import { useWords } from '../text/language';
import { useDemands } from './watch-data';

/** Special check-ups (动态体检) that wait, of one building or of all. */
export function DemandNotes({ buildingId, nameOf }: { readonly buildingId?: string; readonly nameOf?: (id: string) => string }) {
  const rows = useDemands(buildingId).data ?? [];
  if (rows.length === 0) return null;
  return (
    <ol className="demand-notes" data-testid="checkup-demands">
      {rows.map(demand => (
        <Line key={demand.id} demand={demand} name={nameOf?.(demand.buildingId) ?? null} />
      ))}
    </ol>
  );
} // prettier-ignore

function Line({ demand, name }: { readonly demand: CheckupDemandShape; readonly name: string | null }) {
  const words = useWords();
  const { t } = words;
  const [alarmId] = demand.alarmIds;
  return (
    <li data-demand={demand.id}>
      {demand.severity !== null && <SeverityMark severity={demand.severity} fill="solid" size={14} />}
      <b>{t('wat.demand')}</b>
      {name !== null && (
        <button type="button" className="as-link" onClick={() => chooseBuilding(demand.buildingId, 'watch')}>
          {name}
        </button>
      )}
      <span>
        {words.named('demandCause', demand.cause)}
        {demand.alarmIds.length > 1 && ` × ${demand.alarmIds.length}`}
        {demand.reason !== '' && ` · ${demand.reason}`}
      </span>
      <span className="num quiet">{fullTime(demand.demandedAt).slice(0, 16)}</span>
      {alarmId !== undefined && (
        <button type="button" className="as-link" onClick={() => chooseAlarm(alarmId)}>
          {t('haz.toAlarm')}
        </button>
      )}
    </li>
  );
}
