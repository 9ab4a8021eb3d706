import { BAD, GOOD, type Reading } from '@anmai/readings';
import type { AlarmChange } from './alarm';
import type { Rule } from './rule';
import { changesOf, monitorWith, ruleOf, SENSOR } from './testing/timeline';

/** A sender may have so many messages under way: all of them come again after a connection broke. */
const WINDOW = 24;
const MESSAGES = 1_000;
const SEEDS = 20;
const STEP_MS = 10_000;

const RULES: readonly Rule[] = [
  ruleOf(
    {
      type: 'threshold',
      limits: [
        { severity: 'yellow', above: 20, clearBelow: 18 },
        { severity: 'orange', above: 50, clearBelow: 45 },
      ],
      clearAfter: { samples: 2 },
    },
    { id: 'at-once' },
  ),
  ruleOf(
    {
      type: 'threshold',
      limits: [{ severity: 'red', above: 40, clearBelow: 35 }],
      raiseAfter: { samples: 3, of: 5 },
      clearAfter: { seconds: 60 },
    },
    { id: 'k-of-n' },
  ),
];

function seeded(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

/** A level that swings across the limits, with gaps and bad values, sent a little out of order. */
function messagesOf(seed: number): Reading[] {
  const random = seeded(seed);
  let at = 0;
  const sent = Array.from({ length: MESSAGES }, (_, i): Reading => {
    at += STEP_MS * (random() < 0.05 ? 8 : 1);
    const isBad = random() < 0.02;
    const value = isBad ? 999 : 30 + 32 * Math.sin(i / 6 + seed) + 8 * random();
    return { sensorId: SENSOR.id, at, value, quality: isBad ? BAD : GOOD };
  });
  const place = new Map(sent.map((reading, i) => [reading, i + (random() < 0.2 ? 5 * random() : 0)]));
  return sent.sort((a, b) => place.get(a)! - place.get(b)!);
}

function told(messages: readonly Reading[], again: (i: number) => boolean): string[] {
  const monitor = monitorWith(RULES, { expectedEverySeconds: 86_400 });
  const changes: AlarmChange[] = [];
  let now = 1;
  // A fast feed: a lane of late readings may outlast more spells than are remembered.
  const take = (reading: Reading): void => void changes.push(...monitor.readings([reading], (now += 5)));
  messages.forEach((reading, i) => {
    take(reading);
    if (again(i)) messages.slice(Math.max(0, i + 1 - WINDOW), i + 1).forEach(take);
  });
  for (let i = 0; i < 20; i++) changes.push(...monitor.tick((now += 1_000)));
  return changes.map(change => `${change.id} ${change.kind} ${change.severity} ${change.at}`).sort();
}

it('tells the same when whole windows come again, whatever the order of arrival', () => {
  for (let seed = 1; seed <= SEEDS; seed++) {
    const messages = messagesOf(seed);
    const random = seeded(seed * 7);
    expect({ seed, told: told(messages, () => random() < 0.05) }).toEqual({
      seed,
      told: told(messages, () => false),
    });
  }
});

/** Rows: 'journal second @ device second, value'; what is told, with its onset. */
it.each([
  [
    'a run that began before a late reading ended the old one raises anew',
    RULES[1]!,
    '10@10 60, 20@20 60, 30@30 60, 40@40 1, 41@130 60, 42@100 1, 43@140 60, 44@150 60',
    'k-of-n 10, k-of-n 130',
  ],
  [
    'a correction that comes again does not leave a limit exceeded without an alarm',
    RULES[0]!,
    '10@10 5, 20@20 60, 21@20 5, 22@20 60, 30@30 60',
    'at-once 20, at-once 20.001',
  ],
])('%s', (_name, rule, timeline, expected) => {
  const changes = changesOf(monitorWith([rule]), timeline);
  const raised = changes.filter(change => change.kind === 'raised');
  expect(raised.map(change => `${change.ruleId} ${change.onsetAt / 1000}`).join(', ')).toBe(expected);
});

it('knows a repeated reading of an alarm even when many others came and went before the lane ends', () => {
  const monitor = monitorWith([RULES[0]!], { expectedEverySeconds: 86_400 });
  const told: AlarmChange[] = [];
  let now = 1;
  const send = (at: number, value: number): void =>
    void told.push(...monitor.readings([{ sensorId: SENSOR.id, at, value, quality: GOOD }], (now += 5)));
  const spells = Array.from({ length: 12 });
  let at = 0;
  for (const _ of spells) for (const value of [30, 1, 1]) send((at += 1_000), value);
  // Of the sixth-newest spell: too old for the track, but still in the book.
  send(at - 17_000, 30);
  for (const _ of spells) for (const value of [30, 1, 1]) send((at += 1_000), value);
  for (let i = 0; i < 20; i++) told.push(...monitor.tick((now += 1_000)));
  expect(told.filter(change => change.kind === 'raised')).toHaveLength(24);
  expect(new Set(told.map(change => change.id)).size).toBe(told.length);
});
