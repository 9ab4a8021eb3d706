import { useNow } from '../shell/now';
import { shortTime } from '../text/format';
import { useWords } from '../text/language';
import { WEEKDAYS } from '../plans/repeat';
import { spanWords } from './day-time';
import type { Rota } from './notify-data';

const MINUTE_MS = 60_000;
const GAPS_SHOWN = 4;

/** A week of one rota: a line for each shift, a column for each day; gaps and exceptions in words. */
export function RotaWeek({ rota }: { readonly rota: Rota }) {
  const { t } = useWords();
  const now = useNow(MINUTE_MS);
  const { shifts, exceptions, gaps } = rota;
  const spans = [...new Set(shifts.map(spanWords))].sort();
  return (
    <>
      {gaps.length > 0 && (
        <div className="rule-faults" data-testid="rota-gaps">
          <p>
            <b>{t('rota.gaps', { n: gaps.length })}</b>{' '}
            <span className="num">
              {gaps
                .slice(0, GAPS_SHOWN)
                .map(({ from, to }) => `${shortTime(from, now)} – ${shortTime(to, now)}`)
                .join('； ')}
              {gaps.length > GAPS_SHOWN && ` ${t('cover.more', { n: gaps.length - GAPS_SHOWN })}`}
            </span>
          </p>
        </div>
      )}
      {spans.length > 0 && (
        <table className="plain rota-week">
          <thead>
            <tr>
              <th>{t('rota.shift')}</th>
              {WEEKDAYS.map(day => (
                <th key={day}>{t(`weekday.${day}`)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {spans.map(span => (
              <tr key={span}>
                <th scope="row" className="num">
                  {span}
                </th>
                {WEEKDAYS.map((day, i) => {
                  const on = shifts.filter(shift => shift.weekday === i + 1 && spanWords(shift) === span);
                  const people = on.flatMap(shift => shift.recipientIds);
                  return (
                    <td key={day}>
                      {people.length === 0 ? <span className="quiet">—</span> : people.join(t('list.and'))}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {exceptions.length > 0 && (
        <ul className="rota-exceptions">
          {exceptions.map(({ from, to, reason, recipientIds }) => (
            <li key={`${from} ${to} ${reason}`}>
              <span className="num">
                {shortTime(from, now)} – {shortTime(to, now)}
              </span>{' '}
              {recipientIds.length === 0 ? t('rota.nobody') : recipientIds.join(t('list.and'))}{' '}
              <span className="quiet">{reason}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
