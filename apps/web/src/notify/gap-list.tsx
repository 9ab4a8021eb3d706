import type { NotifyOutboxShape } from '@anmai/wire';
import { useNow } from '../shell/now';
import { chooseAlarm, chooseIncident, showTab } from '../shell/route';
import { fullTime, shortTime } from '../text/format';
import { useWords } from '../text/language';

const AGE_MS = 60_000;
/** As many are named; the number tells of all that the server gave. */
const SHOWN_MAX = 8;

/** Changes that should have been told to somebody and were not: silence that must not look like peace. */
export function GapList({ gaps }: Pick<NotifyOutboxShape, 'gaps'>) {
  const { t } = useWords();
  const now = useNow(AGE_MS);
  if (gaps.length === 0) return null;
  return (
    <div className="rule-faults" data-testid="notify-gaps">
      <p>
        <b>{t('gap.title', { n: gaps.length })}</b>{' '}
        <button type="button" className="as-link" onClick={() => showTab('routes')}>
          {t('gap.toRoutes')}
        </button>
      </p>
      <ul>
        {gaps.slice(0, SHOWN_MAX).map(({ at, alarmId, incidentId, reason, recipientId }) => (
          <li key={`${at} ${alarmId ?? incidentId} ${reason} ${recipientId}`}>
            <span className="num quiet" title={fullTime(at)}>
              {shortTime(at, now)}
            </span>{' '}
            {t(`gap.${reason}`, { who: recipientId ?? '' })}{' '}
            {alarmId !== null && (
              <button type="button" className="as-link" onClick={() => chooseAlarm(alarmId)}>
                {t('gap.toAlarm')}
              </button>
            )}
            {alarmId === null && incidentId !== null && (
              <button type="button" className="as-link" onClick={() => chooseIncident(incidentId)}>
                {t('gap.toIncident')}
              </button>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
