import type { Notice } from '../notice';
import type { OutgoingMessage } from './channel.port';

export interface EventNames {
  /** `source` of CloudEvents: a URI that stands for this platform. */
  readonly source: string;
  /** Before the dot of `type`: should be a domain name turned round, such as cn.example.anmai. */
  readonly typePrefix: string;
}

/**
 * The message as a CloudEvents 1.0 event in JSON (structured mode). `id` and `source` together are unique and the same at each
 * try: who has seen them has the message. A digest has all its notices in `data.notices`.
 */
export function cloudEvent(message: OutgoingMessage, names: EventNames): string {
  const [first] = message.notices;
  const kind = message.isDigest || first === undefined ? 'digest' : `${first.subjectKind}.${first.kind}`;
  return JSON.stringify({
    specversion: '1.0',
    id: message.id,
    source: names.source,
    type: `${names.typePrefix}.${kind}`,
    subject: message.isDigest || first === undefined ? undefined : `${first.subjectKind}s/${first.subjectId}`,
    time: iso((message.isDigest ? undefined : first?.at) ?? message.at),
    datacontenttype: 'application/json',
    data: {
      severity: message.severity,
      title: message.text.title,
      link: message.text.link,
      notices: message.notices.map(dataOf),
    },
  });
}

const iso = (at: number): string => new Date(at).toISOString();

const dataOf = ({ at, since, dueAt, ...rest }: Notice): object => ({
  ...rest,
  at: iso(at),
  since: iso(since),
  ...(dueAt === undefined ? {} : { dueAt: iso(dueAt) }),
});
