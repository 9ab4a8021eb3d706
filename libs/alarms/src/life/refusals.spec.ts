import { tracksOf } from '../testing/life-timeline';
import { GRAPH, type LifeEvent } from './graph';
import { PLAIN_CONTEXT, stateWord, type Life, type LifeContext } from './life';
import { lifeOf } from './life-of';
import { mayDo, type Permission, type Proposal } from './refusals';
import { DEFAULT_LIFE_SETTINGS, type LifeSettings } from './settings';
import { VERDICTS, type StateWord } from './shapes';

const lifeAt = (timeline: string, second: number, context: Partial<LifeContext> = {}): Life =>
  lifeOf(tracksOf(timeline), { ...PLAIN_CONTEXT, ...context }, second * 1000);
const proposal = (over: Partial<Proposal>): Proposal => ({
  kind: 'acknowledged',
  actor: 'li',
  at: 100_000,
  note: 'why',
  seenN: 99,
  ...over,
});
const codeOf = (permission: Permission): string => (permission.ok ? 'ok' : permission.refusal.code);

const ON = '0 raised yellow';
const SEEN = '0 raised yellow, 5 ack';
const RETURNED = '0 raised yellow, 60 cleared';
const BLIND = '0 raised yellow, 60 blinded';
const OVER = '0 raised yellow, 5 ack, 60 cleared';
const CONFIRMED = '0 raised yellow, 60 cleared, 70 confirm';
const SHELVED = '0 raised yellow, 5 shelve 600';
const NO_RED: LifeSettings = {
  ...DEFAULT_LIFE_SETTINGS,
  shelveMsMax: { ...DEFAULT_LIFE_SETTINGS.shelveMsMax, red: 0 },
};
const shelve = { kind: 'shelved' as const, until: 200_000 };
const close = { kind: 'closed' as const, clearReadings: 3 };

it.each([
  [ON, {}, 'ok'],
  [ON, { actor: 'system' }, 'personRequired'],
  [ON, { actor: ' ' }, 'personRequired'],
  [SEEN, {}, 'alreadyAcknowledged'],
  [`${ON}, 60 escalated red`, { seenN: 1 }, 'riseNotSeen'],
  [`${ON}, 60 escalated red`, { seenN: 2 }, 'ok'],
  [ON, { kind: 'commented' }, 'ok'],
  [ON, { kind: 'commented', note: null }, 'noteMissing'],
  [ON, shelve, 'ok'],
  [OVER, shelve, 'ok'],
  [SHELVED, shelve, 'ok'],
  [ON, { ...shelve, note: ' ' }, 'reasonMissing'],
  [ON, { ...shelve, until: null }, 'untilMissing'],
  [ON, { ...shelve, until: 100_000 }, 'untilPassed'],
  [ON, { ...shelve, until: 100_000 + 8 * 3_600_000 }, 'ok'],
  [ON, { ...shelve, until: 100_001 + 8 * 3_600_000 }, 'shelvedTooLong'],
  [`${ON}, 60 escalated red`, { ...shelve, seenN: 1 }, 'riseNotSeen'],
  ['0 raised red', shelve, 'shelvingForbidden'],
  [ON, { kind: 'unshelved' }, 'notShelved'],
  [SHELVED, { kind: 'unshelved' }, 'ok'],
  [ON, { kind: 'assessed', verdict: 'biogas' }, 'ok'],
  [ON, { kind: 'assessed' }, 'verdictMissing'],
  [ON, { kind: 'assessed', verdict: 'maybe' as never }, 'verdictMissing'],
  [ON, { kind: 'assessed', verdict: 'other', note: '' }, 'noteMissing'],
  [`${ON}, 60 escalated red`, { kind: 'assessed', verdict: 'false', seenN: 1 }, 'riseNotSeen'],
  [ON, { kind: 'confirmed' }, 'stillOn'],
  [BLIND, { kind: 'confirmed' }, 'stillOn'],
  [RETURNED, { kind: 'confirmed', seenN: 1 }, 'returnNotSeen'],
  [RETURNED, { kind: 'confirmed' }, 'ok'],
  [ON, { kind: 'reset' }, 'stillOn'],
  [RETURNED, { kind: 'reset' }, 'notLatched'],
  [OVER, close, 'alreadyClosed'],
  [CONFIRMED, close, 'ok'],
  [RETURNED, close, 'notOver'],
] as const)('%s: %o is %s', (timeline, over, code) => {
  expect(codeOf(mayDo(lifeAt(timeline, 99), proposal(over), NO_RED))).toBe(code);
});

it.each([
  [RETURNED, 'acknowledgeFirst'],
  [OVER, 'ok'],
] as const)('latched, %s: a reset is %s', (timeline, code) => {
  const life = lifeAt(timeline, 99, { latched: true });
  expect(codeOf(mayDo(life, proposal({ kind: 'reset' }), NO_RED))).toBe(code);
});

it('latched: a close waits for the reset', () => {
  expect(codeOf(mayDo(lifeAt(CONFIRMED, 99, { latched: true }), proposal(close), NO_RED))).toBe('resetFirst');
});

it.each([
  [ON, 3, ['cleared', 'normalReadings', 'confirmation']],
  [`${ON}, 50 confirm`, 3, ['cleared', 'normalReadings', 'confirmation']],
  [BLIND, 3, ['cleared', 'normalReadings', 'confirmation']],
  [RETURNED, 2, ['normalReadings', 'confirmation']],
  [RETURNED, 3, ['confirmation']],
  [CONFIRMED, 2, ['normalReadings']],
  [CONFIRMED, null, ['normalReadings']],
] as const)(
  '%s with %s normal readings: a close names all that is missing',
  (timeline, clearReadings, missing) => {
    const answer = mayDo(lifeAt(timeline, 99), proposal({ ...close, clearReadings }), NO_RED);
    expect(answer).toMatchObject({ ok: false, refusal: { code: 'notOver', missing } });
  },
);

it('every refusal says why and what to do instead', () => {
  const timelines = [ON, SEEN, RETURNED, BLIND, OVER, CONFIRMED, SHELVED, '0 raised red'];
  const kinds = [
    'acknowledged',
    'commented',
    'shelved',
    'unshelved',
    'assessed',
    'confirmed',
    'reset',
    'closed',
  ];
  const answers = timelines.flatMap(timeline =>
    kinds.map(kind =>
      mayDo(lifeAt(timeline, 99), proposal({ kind: kind as Proposal['kind'], note: null }), NO_RED),
    ),
  );
  const refusals = answers.flatMap(answer => (answer.ok ? [] : [answer.refusal]));
  expect(refusals.length).toBeGreaterThan(20);
  expect(refusals.filter(({ why, instead }) => why.length < 5 || instead.length < 5)).toEqual([]);
});

it('allows nothing that the graph has no edge for', () => {
  const eventOf: Partial<Record<Proposal['kind'], LifeEvent>> = {
    acknowledged: 'acknowledge',
    shelved: 'shelve',
    unshelved: 'unshelve',
    reset: 'reset',
    closed: 'close',
  };
  const timelines = [
    ON,
    SEEN,
    RETURNED,
    BLIND,
    OVER,
    CONFIRMED,
    SHELVED,
    `${SHELVED}, 60 cleared, 70 confirm`,
  ];
  const states = new Set<StateWord>();
  for (const timeline of timelines) {
    for (const latched of [false, true]) {
      const life = lifeAt(timeline, 99, { latched });
      states.add(stateWord(life));
      for (const [kind, event] of Object.entries(eventOf)) {
        const asked = proposal({
          ...shelve,
          ...close,
          kind: kind as Proposal['kind'],
          verdict: VERDICTS[0]!,
        });
        if (mayDo(life, asked, NO_RED).ok) expect(GRAPH[stateWord(life)]).toHaveProperty(event);
      }
    }
  }
  expect([...states].sort()).toEqual([
    'ACKED',
    'LATCH_ACKED',
    'LATCH_UNACK',
    'NORM',
    'RTNUN',
    'SHLVD',
    'UNACK',
  ]);
});
