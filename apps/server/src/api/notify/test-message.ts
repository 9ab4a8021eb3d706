import type { Millis } from '@anmai/kernel';
import type { OutgoingMessage, TextStyle } from '@anmai/notify';
import type { ContactRecord } from '@anmai/postgres';

const WORDS = {
  zh: { title: '[测试] 安脉通知', body: '这是一条测试消息,无需处理。收到即表示该渠道可用。' },
  en: { title: '[Test] Anmai', body: 'This is a test. Nothing has to be done: this channel works.' },
} as const;

/** A message about nothing. It has no notices, so no receiver can take it for an alarm. */
export function testMessage(
  { username, language }: ContactRecord,
  address: string,
  id: string,
  at: Millis,
  { linkBase }: TextStyle,
): OutgoingMessage {
  const { title, body } = WORDS[language];
  return {
    id,
    recipientId: username,
    address,
    language,
    severity: 'blue',
    text: { title, line: `${title} ${body}`, body: `${title}\n${body}`, link: linkBase },
    notices: [],
    isDigest: true,
    at,
  };
}
