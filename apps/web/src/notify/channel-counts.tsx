import type { NotifyOutboxShape } from '@anmai/wire';
import { useNow } from '../shell/now';
import { useWords } from '../text/language';
import { spanText } from '../text/words';

const AGE_MS = 10_000;
type Count = NotifyOutboxShape['counts'][number];
const STATES = ['waiting', 'failed', 'dead', 'sent'] as const;

/** One line for each channel: what waits and since when, what was given up, what went out. */
export function ChannelCounts({
  counts,
  changesWaiting,
}: {
  readonly counts: readonly Count[];
  readonly changesWaiting: number;
}) {
  const { t, named } = useWords();
  const channels = [...new Set(counts.map(each => each.channel))].sort();
  const sum = (channel: string, of: (typeof STATES)[number]): number =>
    counts
      .filter(each => each.channel === channel)
      .filter(({ state }) => (of === 'waiting' ? state === 'queued' || state === 'sending' : state === of))
      .reduce((total, { count }) => total + count, 0);
  return (
    <div data-testid="channel-counts">
      <h3>{t('outbox.channels')}</h3>
      {channels.length === 0 && <p className="quiet">{t('outbox.noChannels')}</p>}
      {channels.length > 0 && (
        <table className="plain counts-table">
          <thead>
            <tr>
              <th>{t('outbox.channel')}</th>
              {STATES.map(state => (
                <th key={state} className="right">
                  {t(state === 'waiting' ? 'message.queued' : `message.${state}`)}
                </th>
              ))}
              <th>{t('outbox.late')}</th>
            </tr>
          </thead>
          <tbody>
            {channels.map(channel => (
              <tr key={channel} data-channel={channel}>
                <td>{named('channel', channel)}</td>
                {STATES.map(state => {
                  const n = sum(channel, state);
                  return (
                    <td
                      key={state}
                      className={n > 0 && state === 'dead' ? 'right num notable-count' : 'right num'}
                    >
                      {n}
                    </td>
                  );
                })}
                <td>
                  <Late counts={counts.filter(each => each.channel === channel)} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {changesWaiting > 0 && <p className="quiet num">{t('outbox.changes', { n: changesWaiting })}</p>}
    </div>
  );
}

/** What should have gone by now, and a channel that is not there: what is queued for it never goes. */
function Late({ counts }: { readonly counts: readonly Count[] }) {
  const words = useWords();
  const { t } = words;
  const now = useNow(AGE_MS);
  if (counts.some(each => !each.configured))
    return <span className="blind-note">{t('outbox.unconfigured')}</span>;
  const oldest = Math.min(
    ...counts.map(each => (each.oldestAt === null ? Infinity : Date.parse(each.oldestAt))),
  );
  if (oldest >= now) return <span className="quiet">—</span>;
  return <b className="num">{t('outbox.lateBy', { span: spanText(words, now - oldest) })}</b>;
}
