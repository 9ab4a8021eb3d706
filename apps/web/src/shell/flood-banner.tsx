import { useHealth } from '../session/data';
import { useWords } from '../text/language';
import { shortTime } from '../text/format';
import { useNow } from './now';

const MINUTE_MS = 60_000;

/** Alarms come faster than people can look at them: work by incidents, the worst first. */
export function FloodBanner() {
  const { t } = useWords();
  const now = useNow(MINUTE_MS);
  const flood = useHealth().data?.flood ?? null;
  if (flood === null) return null;
  return (
    <div className="trust-banner flood-banner" role="status" data-testid="flood-banner">
      <b className="num">{t('flood.title', { n: flood.count, time: shortTime(flood.since, now) })}</b>
      <span>{t('flood.detail')}</span>
    </div>
  );
}
