import fc from 'fast-check';
import type { AlarmChange } from '../alarm';
import { IncidentEngine } from './engine';
import { FAMILIES, type Family } from './family';
import type { IncidentChange } from './incident-change';
import { incidentSnapshot, restoreIncidents } from './incident-snapshot';
import { changeOf, feed, MINUTE, partitionOf, townOf, type Place } from './testing/city';

/** Without surges and with short windows, so that small towns and short times show all of it. */
const RULES: readonly Family[] = FAMILIES.map(family => ({
  ...family,
  windowMs: 10 * MINUTE,
  reachMs: 40 * MINUTE,
  metres: family.id === 'gas' ? 200 : family.id === 'storm' ? 500 : 0,
  hops: family.id === 'water' ? 2 : 0,
  parts: false,
  surgeMax: null,
}));

const KINDS = [
  ['gas.well', 'gas.combustible'],
  ['drainage.manhole', 'drainage.level'],
  ['water.pipe', 'water.pressure'],
] as const;
const ASSETS = 24;
const place = fc.record({
  kind: fc.constantFrom(...KINDS),
  at: fc.tuple(fc.integer({ min: -800, max: 800 }), fc.integer({ min: -800, max: 800 })),
  link: fc.nat(ASSETS - 1),
});
const town = fc.array(place, { minLength: ASSETS, maxLength: ASSETS }).map(list =>
  list.map<Place>(({ kind: [kind, quantity], at, link }, i) => ({
    id: `p${i}`,
    kind,
    quantity,
    at,
    links: [`p${link}`],
  })),
);
const spell = fc.record({
  asset: fc.nat(ASSETS - 1),
  onset: fc.nat(120),
  minutes: fc.option(fc.nat(60), { nil: null }),
  jitter: fc.tuple(fc.double({ min: 0, max: 9, noNaN: true }), fc.double({ min: 0, max: 9, noNaN: true })),
  blind: fc.boolean(),
});
const spells = fc.array(spell, { minLength: 1, maxLength: 30 });
type Spell = typeof spell extends fc.Arbitrary<infer T> ? T : never;

/** Onset and end of each alarm are heard up to 9 minutes late: less than a window, so no end overtakes a far onset. */
function changesOf(list: readonly Spell[], swap: boolean): AlarmChange[] {
  const changes = list.flatMap(({ asset, onset, minutes, jitter, blind }, i) => {
    const [first, last] = swap ? [jitter[1], jitter[0]] : jitter;
    const base = { alarm: `al${i}`, sensor: `p${asset}`, onset };
    const raised = changeOf({ ...base, minute: onset, n: 1 });
    const heard = { ...raised, noticedAt: (onset + first) * MINUTE };
    const blinded = {
      ...changeOf({ ...base, minute: onset, kind: 'blinded', n: 2 }),
      noticedAt: heard.noticedAt,
    };
    if (minutes === null) return blind ? [heard, blinded] : [heard];
    const end = onset + minutes;
    const noticedAt = Math.max(heard.noticedAt, (end + last) * MINUTE);
    return [heard, { ...changeOf({ ...base, minute: end, kind: 'cleared', n: 3 }), noticedAt }];
  });
  return changes.sort((a, b) => a.noticedAt - b.noticedAt || a.n - b.n);
}

/** By definition: groups of alarms of which any two are joined by a chain of pairs that belong together. */
function byDefinition(places: readonly Place[], list: readonly Spell[]): string {
  const near = (a: Place, b: Place): boolean => {
    if (a.id === b.id) return true;
    const [ax, ay] = a.at!;
    const [bx, by] = b.at!;
    const metres = Math.hypot(ax - bx, ay - by);
    return a.quantity === 'gas.combustible'
      ? metres <= 200
      : a.quantity === 'drainage.level'
        ? metres <= 500
        : hops(a, b) <= 2;
  };
  const hops = (a: Place, b: Place): number => {
    let rim = new Set([a.id]);
    for (let hop = 0; hop <= 2; hop++) {
      if (rim.has(b.id)) return hop;
      rim = new Set(
        places.flatMap(each => [
          ...(rim.has(each.id) ? [...each.links!, each.id] : []),
          ...(each.links!.some(id => rim.has(id)) ? [each.id] : []),
        ]),
      );
    }
    return Infinity;
  };
  const endOf = ({ onset, minutes }: Spell): number => Math.min(onset + (minutes ?? Infinity), onset + 40);
  const group = list.map((_, i) => i);
  list.forEach((a, i) =>
    list.forEach((b, k) => {
      const [from, to] = [places[a.asset]!, places[b.asset]!];
      if (
        from.quantity !== to.quantity ||
        b.onset > endOf(a) + 10 ||
        a.onset > endOf(b) + 10 ||
        !near(from, to)
      )
        return;
      const [into, out] = [group[i]!, group[k]!];
      group.forEach((each, m) => (group[m] = each === out ? into : each));
    }),
  );
  return groupsOf(new Map(group.map((each, i) => [`al${i}`, String(each)])));
}

function groupsOf(homes: ReadonlyMap<string, string>): string {
  const groups = new Map<string, string[]>();
  for (const [alarm, home] of homes) groups.set(home, [...(groups.get(home) ?? []), alarm]);
  return [...groups.values()]
    .map(each => each.sort().join(' '))
    .sort()
    .join(' | ');
}

const OPTIONS = { families: RULES };

describe('for any town and any alarms', () => {
  it('the groups are those of the definition, in whatever order the changes were heard', () => {
    fc.assert(
      fc.property(town, spells, fc.boolean(), (places, list, swap) => {
        // Distances on the very border are decided by the roundness of the Earth.
        const engine = new IncidentEngine(townOf(places), OPTIONS);
        const homes = new Map<string, string>();
        for (const told of feed(engine, changesOf(list, swap))) follow(homes, told);
        expect(groupsOf(homes)).toBe(byDefinition(places, list));
      }),
      { numRuns: 300 },
    );
  });

  it('alarms raised in any order at all give the same groups', () => {
    fc.assert(
      fc.property(
        town,
        spells.chain(list =>
          fc.tuple(fc.constant(list), fc.shuffledSubarray([...list.keys()], { minLength: list.length })),
        ),
        (places, [list, order]) => {
          const changes = list.map(({ asset, onset }, i) =>
            changeOf({ alarm: `al${i}`, sensor: `p${asset}`, onset, minute: onset }),
          );
          const engines = [changes, order.map(i => changes[i]!)].map(each => {
            const engine = new IncidentEngine(townOf(places), OPTIONS);
            engine.alarms(each, 200 * MINUTE);
            return partitionOf(engine);
          });
          expect(engines[0]).toBe(engines[1]);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('each open alarm is in one incident and no more, told by the changes alone, and none closes under it', () => {
    fc.assert(
      fc.property(town, spells, (places, list) => {
        const engine = new IncidentEngine(townOf(places), OPTIONS);
        const homes = new Map<string, string>();
        const open = new Set<string>();
        for (const change of changesOf(list, false)) {
          if (change.kind === 'cleared') open.delete(change.alarmId);
          else open.add(change.alarmId);
          for (const told of engine.alarms([change], change.noticedAt)) {
            follow(homes, told);
            const inside = [...open].filter(alarm => homes.get(alarm) === told.incidentId);
            if (told.kind === 'cleared' || told.kind === 'settled') expect(inside).toEqual([]);
          }
          for (const alarm of open) expect(engine.incidents.has(homes.get(alarm)!)).toBe(true);
          for (const { figures, members } of engine.incidents.values()) {
            for (const { facts } of members) expect(homes.get(facts.alarmId)).toBe(figures.id);
          }
        }
        expect(homes.size).toBe(list.length);
      }),
      { numRuns: 200 },
    );
  });

  it('goes on from a snapshot as if nothing had happened', () => {
    fc.assert(
      fc.property(town, spells, fc.nat(40), (places, list, cut) => {
        const directory = townOf(places);
        const changes = changesOf(list, false);
        const whole = new IncidentEngine(directory, { membersMax: 20, familyIncidentsMax: 3 });
        feed(whole, changes.slice(0, cut));
        const kept = JSON.parse(JSON.stringify(incidentSnapshot(whole))) as ReturnType<
          typeof incidentSnapshot
        >;
        const restored = restoreIncidents(directory, kept, { membersMax: 20, familyIncidentsMax: 3 });
        const rest = [...changes.slice(cut)];
        expect(feed(restored, rest)).toEqual(feed(whole, rest));
        expect(restored.tick(600 * MINUTE)).toEqual(whole.tick(600 * MINUTE));
        expect(incidentSnapshot(restored)).toEqual(incidentSnapshot(whole));
      }),
      { numRuns: 200 },
    );
  });
});

/** What a store would know: which incident each alarm is in. */
function follow(homes: Map<string, string>, told: IncidentChange): void {
  if (told.kind === 'opened' || told.kind === 'joined') {
    expect(homes.has(told.alarmId!)).toBe(false);
    homes.set(told.alarmId!, told.incidentId);
  }
  if (told.kind !== 'merged') return;
  for (const [alarm, home] of homes) if (home === told.incidentId) homes.set(alarm, told.otherId!);
}
