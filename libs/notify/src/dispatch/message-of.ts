import { severityOfRank, severityRank } from '@anmai/catalog';
import { invariant, type Millis } from '@anmai/kernel';
import type { OutgoingMessage } from '../channels/channel.port';
import type { Parcel } from '../outbox/notification-outbox.port';
import { digestText } from '../text/digest-text';
import { textOf, type TextStyle } from '../text/notice-text';

/** What a parcel says: one notice in its own words, several as a digest. */
export function messageOf(
  parcel: Pick<Parcel, 'id' | 'entries'>,
  style: TextStyle,
  at: Millis,
): OutgoingMessage {
  const [first] = parcel.entries;
  invariant(first !== undefined, 'a parcel without entries');
  const { recipientId, address, language } = first;
  const notices = parcel.entries.map(entry => entry.notice);
  const isDigest = notices.length > 1;
  return {
    id: parcel.id,
    recipientId,
    address,
    language,
    severity:
      severityOfRank(Math.max(...notices.map(notice => severityRank(notice.severity)))) ??
      first.notice.severity,
    text: isDigest ? digestText(notices, language, style) : textOf(first.notice, language, style),
    notices,
    isDigest,
    at,
  };
}
