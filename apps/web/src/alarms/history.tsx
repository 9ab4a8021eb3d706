import { Button } from 'antd';
import { useState } from 'react';
import type { AlarmShape } from '@anmai/wire';
import { useNow } from '../shell/now';
import { useWords } from '../text/language';
import { reasonText } from '../text/reason-text';
import { fullTime, shortTime, readingText } from '../text/format';
import { unitOf } from './alarm-text';

const SHOWN_FIRST = 5;
const MINUTE_MS = 60_000;

/** The readings that decided, newest first; doubtful quality is told in words. */
export function DecidingReadings({ alarm }: { readonly alarm: AlarmShape }) {
  const { t } = useWords();
  const now = useNow(MINUTE_MS);
  const [all, setAll] = useState(false);
  const rows = [...alarm.evidence.readings].reverse();
  if (rows.length === 0) return null;
  return (
    <section>
      <h3>{t('detail.readings')}</h3>
      <table className="plain">
        <tbody>
          {rows.slice(0, all ? rows.length : SHOWN_FIRST).map(row => (
            <tr key={row.at}>
              <td className="num quiet" title={fullTime(row.at)}>
                {shortTime(row.at, now)}
              </td>
              <td className="num right">
                {readingText(row.value)} <small className="quiet">{unitOf(alarm)}</small>
              </td>
              <td className="quiet">{t(`quality.${row.quality}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {!all && rows.length > SHOWN_FIRST && (
        <Button size="small" type="link" onClick={() => setAll(true)}>
          {t('detail.allReadings', { n: rows.length })}
        </Button>
      )}
    </section>
  );
}

/** Who did what, newest last, as it happened. */
export function History({ alarm }: { readonly alarm: AlarmShape }) {
  const words = useWords();
  const now = useNow(MINUTE_MS);
  return (
    <section>
      <h3>{words.t('detail.history')}</h3>
      <ol className="history">
        {alarm.history.map((item, index) => (
          <li key={`${item.at}-${index}`} className={item.actor === 'system' ? '' : 'by-person'}>
            <span className="num quiet" title={fullTime(item.at)}>
              {shortTime(item.at, now)}
            </span>
            <b>{words.named('change', item.change)}</b>
            <span className="quiet">
              {words.named('actor', item.actor)}
              {item.noEffect !== undefined && ` · ${words.t('history.noEffect')}`}
            </span>
            {item.reason !== null && (
              <span className="reason">
                {item.actor === 'system' ? reasonText(words, item.reason) : item.reason}
              </span>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
