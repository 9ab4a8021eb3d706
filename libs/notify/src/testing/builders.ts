import { entryKey, type Draft } from '../outbox/entry';
import type { Notice } from '../notice';
import type { Recipient } from '../plan/recipient';

/** 2021-07-20 16:00 in Zhengzhou, a Tuesday. */
export const AT = Date.UTC(2021, 6, 20, 8, 0, 0);
export const CHINA_MS = 8 * 3_600_000;

export const noticeOf = (fields: Partial<Notice> = {}): Notice => ({
  changeId: 'chg-1',
  subjectKind: 'alarm',
  subjectId: 'alm-1',
  kind: 'start',
  at: AT,
  since: AT,
  severity: 'orange',
  group: 'gas',
  what: { zh: '可燃气体浓度', en: 'Combustible gas' },
  where: '人民路 12 号电力井',
  orgPath: ['city', 'gas-co'],
  value: 53.1,
  unit: '%LEL',
  limit: { side: 'above', value: 50 },
  alarmCount: null,
  rule: { id: 'gas-adjacent', version: 1 },
  ...fields,
});

export const recipientOf = (id: string, fields: Partial<Recipient> = {}): Recipient => ({
  id,
  name: id,
  orgId: 'gas-co',
  role: 'operator',
  language: 'zh',
  contacts: [{ channel: 'email', address: `${id}@example.cn`, from: 'blue' }],
  quiet: [],
  disabled: false,
  ...fields,
});

export function draftOf(fields: Partial<Draft> = {}, notice: Partial<Notice> = {}): Draft {
  const draft: Draft = {
    key: '',
    recipientId: 'zhang',
    channel: 'email',
    address: 'zhang@example.cn',
    language: 'zh',
    notBefore: AT,
    held: null,
    notice: noticeOf(notice),
    ...fields,
  };
  return { ...draft, key: fields.key ?? entryKey(draft.notice.changeId, draft.recipientId, draft.channel) };
}
