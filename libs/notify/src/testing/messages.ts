import type { OutgoingMessage } from '../channels/channel.port';
import type { Notice } from '../notice';
import { digestText } from '../text/digest-text';
import { textOf } from '../text/notice-text';
import { AT, CHINA_MS, noticeOf } from './builders';

const STYLE = { utcOffsetMs: CHINA_MS, linkBase: 'https://anmai.example.cn' };

export function messageOf(
  fields: Partial<OutgoingMessage> = {},
  notice: Partial<Notice> = {},
): OutgoingMessage {
  const one = noticeOf(notice);
  return {
    id: 'msg-0001',
    recipientId: 'zhang',
    address: 'zhang@example.cn',
    language: 'zh',
    severity: one.severity,
    text: textOf(one, fields.language ?? 'zh', STYLE),
    notices: [one],
    isDigest: false,
    at: AT,
    ...fields,
  };
}

export function digestOf(notices: readonly Notice[]): OutgoingMessage {
  return { ...messageOf(), text: digestText(notices, 'zh', STYLE), notices, isDigest: true };
}

/** Nothing stops it. */
export const unstopped = (): AbortSignal => new AbortController().signal;
