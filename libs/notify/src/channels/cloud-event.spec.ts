import { AT, noticeOf } from '../testing/builders';
import { cloudEvent } from './cloud-event';

const NAMES = { source: 'https://x.cn', typePrefix: 'cn.x' };
interface Event {
  readonly type: string;
  readonly subject?: string;
  readonly data: { readonly notices: readonly Record<string, unknown>[] };
}
const eventOf = (...notices: Parameters<typeof noticeOf>[0][]): Event => {
  const message = {
    ...{ id: 'm', recipientId: 'a', address: 'a', language: 'zh', severity: 'red', at: AT } as const,
    text: { title: 't', line: 'l', body: 'b', link: null },
    notices: notices.map(each => noticeOf(each)),
    isDigest: notices.length > 1,
  };
  return JSON.parse(cloudEvent(message, NAMES)) as Event;
}; // prettier-ignore

it('names the subject and what happened to it, all times in ISO', () => {
  const event = eventOf({ subjectKind: 'incident', subjectId: 'in-1', kind: 'overdue', dueAt: AT + 60_000 });
  expect([event.type, event.subject]).toEqual(['cn.x.incident.overdue', 'incidents/in-1']);
  expect(event.data.notices).toMatchObject([
    { at: '2021-07-20T08:00:00.000Z', since: '2021-07-20T08:00:00.000Z', dueAt: '2021-07-20T08:01:00.000Z' },
  ]);
  expect(eventOf({}).data.notices[0]).not.toHaveProperty('dueAt');
});

it('a digest is of no subject, and has all', () => {
  const event = eventOf({}, { changeId: 'chg-2' });
  expect([event.type, event.subject, event.data.notices.length]).toEqual(['cn.x.digest', undefined, 2]);
});
