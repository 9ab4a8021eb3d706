import fc from 'fast-check';
import type { Severity } from '@anmai/catalog';
import type { Notice } from '../notice';
import type { Told } from '../outbox/entry';
import { AT, CHINA_MS, noticeOf, recipientOf } from '../testing/builders';
import { FLOOD, underFlood } from './flood';
import { planNotice, type Plan } from './plan';
import type { Recipient } from './recipient';
import { planReminders } from './reminders';
import type { Directory, Route } from './route';

const MINUTE = 60_000;
const desk = recipientOf('desk', { orgId: 'city' });
const boss = recipientOf('boss', { orgId: 'city', role: 'head', language: 'en' });
const zhang = recipientOf('zhang', {
  contacts: [
    { channel: 'email', address: 'zhang@example.cn', from: 'blue' },
    { channel: 'sms', address: '+8613800000000', from: 'orange' },
  ],
  quiet: [{ fromMinute: 0, toMinute: 1_440, upTo: 'orange' }],
});
const water = recipientOf('water', { orgId: 'water-co' });
const ROUTE: Route = {
  id: 'gas',
  orgId: 'gas-co',
  groups: ['gas'],
  from: 'yellow',
  tiers: [
    { afterMs: 0, audiences: [{ kind: 'role', role: 'operator', of: 'owner' }] },
    { afterMs: 10 * MINUTE, audiences: [{ kind: 'role', role: 'head', of: 'line' }] },
    { afterMs: 20 * MINUTE, audiences: [{ kind: 'recipient', recipientId: 'desk' }] },
  ],
};
const directoryOf = (fields: Partial<Directory> = {}, people: readonly Recipient[] = []): Directory => ({
  recipients: new Map([desk, boss, zhang, water, ...people].map(each => [each.id, each])),
  rotas: new Map(),
  routes: [ROUTE],
  fallbackRecipientId: 'desk',
  utcOffsetMs: CHINA_MS,
  ...fields,
});
/** 'zhang/email' or, while it waits, 'zhang/email quiet'. */
const shown = (plan: Plan): string[] =>
  plan.drafts.map(
    draft => `${draft.recipientId}/${draft.channel}${draft.held === null ? '' : ` ${draft.held}`}`,
  );
const plan = (notice: Partial<Notice>, directory = directoryOf(), told: readonly Told[] = []): Plan =>
  planNotice(noticeOf(notice), told, directory, AT);
const gaps = (each: Plan): string[] => each.gaps.map(gap => `${gap.reason} ${gap.recipientId ?? ''}`.trim());

describe('who is told of a start', () => {
  const OPERATORS_OF_LINE: Route = {
    ...ROUTE,
    tiers: [{ afterMs: 0, audiences: [{ kind: 'role', role: 'operator', of: 'line' }] }],
  };
  const rota = (recipientIds: readonly string[]): Partial<Directory> => ({
    rotas: new Map([
      [
        'r',
        { id: 'r', shifts: [{ weekday: 2, fromMinute: 0, toMinute: 1_440, recipientIds }], exceptions: [] },
      ],
    ]),
    routes: [{ ...ROUTE, tiers: [{ afterMs: 0, audiences: [{ kind: 'rota', rotaId: 'r' }] }] }],
  });
  it.each<[string, Partial<Notice>, Partial<Directory>, string[]]>([
    [
      'the operators of the owner, on the channels for that severity',
      { severity: 'red' },
      {},
      ['zhang/email', 'zhang/sms'],
    ],
    ['fewer channels for less', { severity: 'yellow' }, {}, ['zhang/email quiet']],
    ['quiet hours hold orange too', { severity: 'orange' }, {}, ['zhang/email quiet', 'zhang/sms quiet']],
    ['nobody below the route', { severity: 'blue' }, {}, []],
    [
      'the whole line',
      { severity: 'red' },
      { routes: [OPERATORS_OF_LINE] },
      ['desk/email', 'zhang/email', 'zhang/sms'],
    ],
    [
      'the organisation below the route',
      { severity: 'red', orgPath: ['city', 'gas-co', 'east'] },
      {},
      ['desk/email'],
    ],
    [
      'each once, by two routes',
      { severity: 'red' },
      { routes: [ROUTE, { ...ROUTE, id: 'b', groups: [] }] },
      ['zhang/email', 'zhang/sms'],
    ],
    ['who is on duty, quiet hours or not', { severity: 'yellow' }, rota(['zhang']), ['zhang/email']],
    ['the fallback when nobody is on duty', { severity: 'yellow' }, rota([]), ['desk/email']],
    ['the fallback when no route covers the place', { orgPath: ['city', 'heat-co'] }, {}, ['desk/email']],
    ['the fallback for another lifeline', { group: 'water' }, {}, ['desk/email']],
    ['nobody without any fallback', { group: 'water' }, { fallbackRecipientId: null }, []],
  ])('%s', (_name, notice, directory, expected) =>
    expect(shown(plan(notice, directoryOf(directory)))).toEqual(expected),
  );

  it.each<[string, Partial<Notice>, Partial<Directory>, string[]]>([
    ['none', { severity: 'red' }, {}, []],
    ['none when silence was decided', { severity: 'blue' }, {}, []],
    ['no route', { group: 'water' }, {}, ['no-route']],
    ['nobody on duty', {}, rota([]), ['nobody']],
    ['a rota that is not there', {}, { ...rota([]), rotas: new Map() }, ['nobody']],
    ['someone unknown on duty', {}, rota(['ghost', 'desk']), ['unknown ghost']],
    ['only someone unknown', {}, rota(['ghost']), ['unknown ghost', 'nobody']],
  ])('gaps: %s', (_name, notice, directory, expected) =>
    expect(gaps(plan(notice, directoryOf(directory)))).toEqual(expected),
  );

  it('does not hide that a person has no channel for it, or is disabled', () => {
    const mute = recipientOf('mute', { contacts: [{ channel: 'sms', address: '1', from: 'red' }] });
    const gone = recipientOf('gone', { disabled: true });
    expect(gaps(plan({}, directoryOf({}, [mute, gone])))).toEqual(['no-contact mute', 'unknown gone']);
  });

  it('speaks to each in their language', () => {
    const routes = [
      { ...ROUTE, tiers: [{ afterMs: 0, audiences: [{ kind: 'role', role: 'head', of: 'line' } as const] }] },
    ];
    expect(plan({}, directoryOf({ routes })).drafts.map(draft => draft.language)).toEqual(['en']);
  });

  it('holds until the end of the quiet hours, as part of a digest', () => {
    const [draft] = plan({ severity: 'yellow' }).drafts;
    expect([draft?.held, draft!.notBefore > AT]).toEqual(['quiet', true]);
  });
});

describe('who is told of what follows', () => {
  const told = [{ recipientId: 'boss', channel: 'email' }];
  it.each(['milder', 'blind', 'restored', 'end'] as const)('%s: exactly those who were told', kind => {
    expect(shown(plan({ kind, severity: 'red' }, directoryOf(), told))).toEqual(['boss/email']);
    expect(shown(plan({ kind, severity: 'red' }, directoryOf(), []))).toEqual([]);
  });

  it('worse: those of the new severity and those who were told, each once', () => {
    const both = [...told, { recipientId: 'zhang', channel: 'email' }];
    expect(shown(plan({ kind: 'worse', severity: 'red' }, directoryOf(), both))).toEqual([
      'zhang/email',
      'zhang/sms',
      'boss/email',
    ]);
  });

  it('uses the channel of then and the address of now', () => {
    const moved = {
      ...boss,
      contacts: [{ channel: 'email', address: 'new@example.cn', from: 'red' as const }],
    };
    const { drafts } = plan({ kind: 'end' }, directoryOf({}, [moved]), told);
    expect(drafts.map(draft => draft.address)).toEqual(['new@example.cn']);
  });

  it.each<[string, Recipient, string]>([
    ['whose channel was taken away', { ...boss, contacts: [] }, 'no-contact boss'],
    ['who was disabled', { ...boss, disabled: true }, 'unknown boss'],
  ])('does not write to one %s, and says so', (_name, changed, gap) => {
    const result = plan({ kind: 'end' }, directoryOf({}, [changed]), told);
    expect([shown(result), gaps(result)]).toEqual([[], [gap]]);
  });

  it('tells of the end of a red one at night, too', () => {
    const zhangTold = [{ recipientId: 'zhang', channel: 'sms' }];
    expect(shown(plan({ kind: 'end', severity: 'red' }, directoryOf(), zhangTold))).toEqual(['zhang/sms']);
    expect(shown(plan({ kind: 'end', severity: 'yellow' }, directoryOf(), zhangTold))).toEqual([
      'zhang/sms quiet',
    ]);
  });
});

describe('reminders', () => {
  const open = [{ notice: noticeOf({ severity: 'red' }), noticedAt: AT }];
  it.each([
    ['one ms early', 10 * MINUTE - 1, []],
    ['on time: the second tier', 10 * MINUTE, ['boss/email']],
    ['then the third', 30 * MINUTE, ['boss/email', 'desk/email']],
  ])('%s', (_name, afterMs, expected) =>
    expect(shown(planReminders(open, directoryOf(), AT + afterMs))).toEqual(expected),
  );

  it('plans the same keys each time, others after it became worse', () => {
    const keys = (after: number, notices = open): string[] =>
      planReminders(notices, directoryOf(), AT + after).drafts.map(draft => draft.key);
    expect(keys(11 * MINUTE)).toEqual(keys(29 * MINUTE));
    const worse = [{ notice: noticeOf({ severity: 'red', changeId: 'chg-2' }), noticedAt: AT }];
    expect(keys(11 * MINUTE, worse)).not.toEqual(keys(11 * MINUTE));
  });

  it('says that nobody has answered, and falls back when the tier is empty', () => {
    const routes = [{ ...ROUTE, tiers: ROUTE.tiers.map(tier => ({ ...tier, audiences: [] })) }];
    const result = planReminders(open, directoryOf({ routes }), AT + 10 * MINUTE);
    expect(result.drafts.map(draft => [draft.recipientId, draft.notice.kind])).toEqual([
      ['desk', 'unanswered'],
    ]);
    expect(gaps(result)).toEqual(['nobody']);
  });

  it('leaves alone what no route covers at that severity', () => {
    expect(
      planReminders([{ notice: noticeOf({ severity: 'blue' }), noticedAt: AT }], directoryOf(), AT * 2)
        .drafts,
    ).toEqual([]);
  });
});

describe('a flood', () => {
  const many = (count: number, severity: Severity, from = 0) =>
    Array.from(
      { length: count },
      (_, i) =>
        plan(
          { changeId: `c${from + i}`, severity },
          directoryOf({}, [{ ...zhang, quiet: [], contacts: zhang.contacts.slice(0, 1) }]),
        ).drafts,
    ).flat();
  const heldOf = (drafts: ReturnType<typeof many>, recent: Parameters<typeof underFlood>[1] = []) =>
    underFlood(drafts, recent, AT).map(draft => draft.held);

  it('lets ten through and makes a digest of the rest, for the end of the window', () => {
    const result = underFlood(many(12, 'yellow'), [], AT);
    expect(result.map(draft => draft.held)).toEqual([...Array<null>(10).fill(null), 'flood', 'flood']);
    expect(result.map(draft => draft.notBefore - AT)).toEqual([
      ...Array<number>(10).fill(0),
      FLOOD.windowMs,
      FLOOD.windowMs,
    ]);
  });

  it('counts what went before', () => {
    const recent = (count: number, severity: Severity, recipientId = 'zhang') => [
      { recipientId, channel: 'email', severity, count },
    ];
    expect(heldOf(many(1, 'yellow'), recent(9, 'orange'))).toEqual([null]);
    expect(heldOf(many(1, 'yellow'), recent(10, 'blue'))).toEqual(['flood']);
    expect(heldOf(many(1, 'yellow'), recent(10, 'blue', 'li'))).toEqual([null]);
    expect(heldOf(many(1, 'yellow'), recent(10, 'red'))).toEqual([null]);
    expect(heldOf(many(1, 'red'), recent(10, 'orange'))).toEqual([null]);
    expect(heldOf(many(1, 'red'), recent(10, 'red'))).toEqual(['flood']);
  });

  it('lets no number of others delay a red one, and many reds wait a minute only', () => {
    expect(heldOf([...many(30, 'yellow'), ...many(1, 'red', 100)]).at(-1)).toBeNull();
    const reds = underFlood(many(11, 'red'), [], AT);
    expect(reds.map(draft => draft.held).at(-1)).toBe('flood');
    expect(reds.at(-1)!.notBefore - AT).toBe(FLOOD.redWaitMs);
  });

  it('drops none and changes no key, whatever comes', () => {
    const severities = fc.array(fc.constantFrom<Severity>('blue', 'yellow', 'orange', 'red'), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(severities, list => {
        const drafts = list.flatMap((severity, i) => many(1, severity, i));
        expect(underFlood(drafts, [], AT).map(draft => draft.key)).toEqual(drafts.map(draft => draft.key));
      }),
    );
  });
});
