import fc from 'fast-check';
import type { AlarmView } from '../alarm';
import { foldAlarm } from '../fold';
import { lifeContext, lifeTracks } from '../testing/life-arbitrary';
import { alarmViewAt, nextChangeAt } from './alarm-view';
import { GRAPH, leadsTo, type LifeEvent } from './graph';
import { isAside, PLAIN_CONTEXT, stateBeneath, stateWord } from './life';
import { lifeOf, type Tracks } from './life-of';
import { mayDo } from './refusals';
import { DEFAULT_LIFE_SETTINGS } from './settings';

const second = fc.nat(20_000);
const asked = fc.tuple(lifeTracks, lifeContext, second);
const check = (predicate: (tracks: Tracks, at: number, ...rest: [typeof PLAIN_CONTEXT]) => void): void =>
  fc.assert(
    fc.property(asked, ([tracks, context, at]) => predicate(tracks, at * 1000, context)),
    { numRuns: 500 },
  );

it('never leaves the graph, and each step says who, when and why', () => {
  const seen = new Set<LifeEvent>();
  check((tracks, at, context) => {
    const life = lifeOf(tracks, context, at);
    let word = 'NORM';
    let before = -Infinity;
    const faults = [];
    for (const step of life.transitions) {
      const isSound = step.from === word && step.at >= before && leadsTo(step.from, step.event, step.to);
      if (!isSound || step.actor === '' || step.reason === '') faults.push(step);
      before = step.at;
      word = step.to;
      seen.add(step.event);
    }
    expect(faults).toEqual([]);
    expect(stateWord(life)).toBe(word);
  });
  const all = new Set(Object.values(GRAPH).flatMap(edges => Object.keys(edges)));
  expect([...seen].sort()).toEqual([...all].sort());
});

it('clears by a cleared change alone: neither silence nor time nor a person clears', () => {
  let blind = 0;
  check((tracks, at, context) => {
    const isCleared = [...tracks.changes].sort((a, b) => a.n - b.n).at(-1)?.kind === 'cleared';
    const view = alarmViewAt(tracks, context, at);
    if (view.condition === 'blind') blind += 1;
    expect(view.condition === 'cleared').toBe(isCleared);
    expect(lifeOf(tracks, context, at).isActive).toBe(!isCleared);
    if (!isCleared) expect(['UNACK', 'ACKED']).toContain(view.stateBeneath);
    if (!isCleared) expect(view.closedAt).toBeNull();
  });
  expect(blind).toBeGreaterThan(0);
});

it('loses no alarm that nobody has seen: it calls, or is put aside with an end or a cause that is told', () => {
  let unseen = 0;
  check((tracks, at, context) => {
    const view = alarmViewAt(tracks, context, at);
    const answers = tracks.actions.filter(({ kind }) => kind === 'acknowledged' || kind === 'closed');
    if (answers.length > 0) return;
    unseen += 1;
    expect(view.acknowledged).toBe(false);
    expect(view.closedAt).toBeNull();
    expect(['UNACK', 'RTNUN', 'LATCH_UNACK']).toContain(view.stateBeneath);
    const isTold = view.shelvedUntil !== null || view.suppressedBy !== null || view.outOfService !== null;
    expect(view.isCalling).toBe(!isTold);
  });
  expect(unseen).toBeGreaterThan(50);
});

it('puts nothing aside above the severity that was meant, and calls what is on when it comes back', () => {
  const rank = { blue: 1, yellow: 2, orange: 3, red: 4 };
  check((tracks, at, context) => {
    const life = lifeOf(tracks, context, at);
    const { severity, shelf } = life;
    if (shelf !== null) expect(rank[severity]).toBeLessThanOrEqual(rank[shelf.severity]);
    for (const each of life.suppressions) expect(rank[severity]).toBeLessThanOrEqual(rank[each.severityMax]);
    for (const { from, to } of life.transitions) {
      if (['SHLVD', 'DSUPR', 'OOSRV'].includes(from)) expect(to).not.toBe('ACKED');
    }
  });
});

const shuffled = <T>(things: readonly T[], order: readonly number[]): T[] =>
  things
    .map((thing, i) => ({ thing, key: order[i % order.length]! }))
    .sort((a, b) => a.key - b.key)
    .map(({ thing }) => thing);

it('gives the same in whatever order the tracks arrive, and when things arrive twice', () => {
  const orders = fc.array(fc.nat(99), { minLength: 5, maxLength: 20 });
  fc.assert(
    fc.property(asked, orders, ([tracks, context, at], order) => {
      const { changes, actions } = tracks;
      const mixed = {
        changes: shuffled([...changes, ...changes.slice(0, 2)], order),
        actions: shuffled([...actions, ...actions.slice(0, 2)], order),
      };
      expect(alarmViewAt(mixed, context, at * 1000)).toEqual(alarmViewAt(tracks, context, at * 1000));
    }),
  );
});

it('agrees with foldAlarm where nothing is put aside, held or called again', () => {
  const plain = {
    ...PLAIN_CONTEXT,
    settingsAt: () => ({
      ...DEFAULT_LIFE_SETTINGS,
      reAlarmMs: { blue: null, yellow: null, orange: null, red: null },
    }),
  };
  const kinds = ['acknowledged', 'commented', 'assessed'];
  fc.assert(
    fc.property(lifeTracks, second, (tracks, at) => {
      const sorted = [...tracks.changes].sort((a, b) => a.n - b.n);
      // A monitor tells no alarm on again after it cleared: the next occurrence is an alarm of its own.
      const changes = sorted.slice(0, sorted.findIndex(({ kind }) => kind === 'cleared') + 1 || undefined);
      const known = tracks.actions.filter(action => kinds.includes(action.kind));
      const actions = known.map(action => ({ ...action, seenN: Math.min(action.seenN, changes.length) }));
      const view: AlarmView = alarmViewAt({ changes, actions }, plain, at * 1000);
      const { history: _h, ...folded } = foldAlarm(changes, actions);
      expect(view).toMatchObject(folded);
    }),
    { numRuns: 500 },
  );
});

/** What the page shows, without the times that only tell when to look again. */
const shown = ({ timers: _t, ...view }: AlarmView): unknown => view;

it('time alone changes a view when it said so, and not before', () => {
  let changed = 0;
  fc.assert(
    fc.property(asked, fc.double({ min: 0, max: 1, noNaN: true }), ([tracks, context, at], part) => {
      const now = lifeOf(tracks, context, at * 1000).at;
      const view = alarmViewAt(tracks, context, now);
      const next = nextChangeAt(view, now);
      expect(view.timers.filter(timer => timer.at <= now)).toEqual([]);
      const until = next ?? now + 1e9;
      const between = now + Math.floor((until - 1 - now) * part);
      expect(shown(alarmViewAt(tracks, context, between))).toEqual(shown(view));
      if (next !== null) changed += 1;
    }),
    { numRuns: 500 },
  );
  expect(changed).toBeGreaterThan(50);
});

it('what may be done has its effect, what may not has none', () => {
  check((tracks, at, context) => {
    const life = lifeOf(tracks, context, at);
    const proposal = { kind: 'acknowledged', actor: 'wang', at: life.at, note: null, seenN: 99 } as const;
    const permission = mayDo(life, proposal, context.settingsAt(life.at));
    const action = { ...proposal, id: '~new', alarmId: 'al-1' };
    const after = lifeOf({ ...tracks, actions: [...tracks.actions, action] }, context, life.at);
    expect(permission.ok).toBe(!life.isAcknowledged);
    expect(after.isAcknowledged).toBe(true);
    expect(after.refused.has('~new')).toBe(!permission.ok);
    expect(isAside(after)).toBe(isAside(life));
    if (!permission.ok) expect(stateBeneath(after)).toBe(stateBeneath(life));
  });
});
