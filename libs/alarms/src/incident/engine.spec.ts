import { IncidentEngine } from './engine';
import { FAMILIES } from './family';
import { incidentView, incidentViews } from './incident-view';
import {
  assetOf,
  changeOf,
  feed,
  kindsOf,
  MINUTE,
  partitionOf,
  runIn,
  timelineOf,
  townOf,
  type Place,
} from './testing/city';

const GAS: readonly Place[] = [
  { id: 'a', at: [0, 0], population: 120 },
  { id: 'b', at: [150, 0], population: 30 },
  { id: 'c', at: [300, 0] },
  { id: 'far', at: [9_000, 0] },
];

describe('what an incident tells', () => {
  it.each([
    ['its whole life', 'a 0, a 9 cleared, far 200', 'opened cause cleared settled opened cause'],
    ['a second alarm that is worse', 'a 0, b 1 red', 'opened cause joined escalated cause'],
    ['an alarm that grows', 'a 0, a 1 orange, a 2 red', 'opened cause escalated escalated'],
    [
      'the worst one ends',
      'a 0, b 1 red, b 2 cleared',
      'opened cause joined escalated cause eased deescalated',
    ],
    ['a sensor goes blind and comes back', 'a 0, a 1 blinded, a 2 restored', 'opened cause blinded restored'],
    ['open again', "a 0, a 1 cleared, a' 2", 'opened cause cleared joined reopened'],
    [
      'two become one',
      'a 0, c 1 red, b 2',
      'opened cause opened cause joined merged absorbed escalated cause',
    ],
    ['delivered twice', 'a 0, a 0', 'opened cause'],
    ['its end delivered twice', 'a 0, a 9 cleared, a 9 cleared', 'opened cause cleared'],
    ['ended before it was heard of', 'a 0 cleared', ''],
  ])('%s', (_name, timeline, expected) => {
    const changes = timelineOf(timeline).map((change, i, all) =>
      // A second delivery is the very same change.
      i > 0 && all[i - 1]!.alarmId === change.alarmId && all[i - 1]!.at === change.at ? all[i - 1]! : change,
    );
    expect(kindsOf(feed(new IncidentEngine(townOf(GAS)), changes))).toBe(expected);
  });

  it('goes on under the older id, and the other points to it', () => {
    const { engine, told } = runIn(GAS, 'a 0, c 1, b 2');
    const [first, second] = told.filter(each => each.kind === 'opened').map(each => each.incidentId);
    expect(told.find(each => each.kind === 'merged')).toMatchObject({ incidentId: second, otherId: first });
    expect(told.find(each => each.kind === 'absorbed')).toMatchObject({ incidentId: first, otherId: second });
    expect([...engine.incidents.keys()]).toEqual([first]);
    expect(engine.members.get('c')!.incident.figures.id).toBe(first);
  });

  it('numbers its changes without a gap, under ids that follow from the first alarm', () => {
    const told = () => runIn(GAS, 'a 0, c 1, b 2, c 3 cleared').told;
    expect(told()).toEqual(told());
    const own = told().filter(each => each.incidentId === told()[0]!.incidentId);
    expect(own.map(each => each.n)).toEqual(own.map((_, i) => i + 1));
    expect(own[0]!.id).toMatch(/^in-[0-9a-f]{24}\/1$/);
  });

  it('ignores what is older than its end', () => {
    const engine = new IncidentEngine(townOf(GAS));
    const [raised, blinded, cleared] = timelineOf('a 0, a 1 blinded, a 2 cleared');
    expect(kindsOf(feed(engine, [raised!, cleared!]))).toBe('opened cause cleared');
    expect(engine.alarms([blinded!], 3 * MINUTE)).toEqual([]);
  });

  it('knows after which change there was more to look at', () => {
    const { engine, told } = runIn(GAS, 'a 0, b 1, a 2 cleared, b 3 blinded');
    const [view] = incidentViews(engine);
    expect(view!.n).toBe(told.length);
    expect(view!.risingN).toBe(told.find(each => each.kind === 'joined')!.n);
  });

  it('keeps the sensors of what it absorbed: each has to become normal', () => {
    const { engine } = runIn(GAS, 'a 0, c 1, b 2');
    expect(incidentViews(engine)[0]!.sensorIds.toSorted()).toEqual(['a', 'b', 'c']);
  });

  it('grows in place, assets and people', () => {
    const { engine } = runIn(GAS, "a 0, c 1, b 2 red, b 3 cleared, b' 4, far 5");
    const view = incidentViews(engine).find(each => each.alarmCount > 1)!;
    expect(view).toMatchObject({
      alarmCount: 4,
      openCount: 3,
      blindCount: 0,
      assetCount: 3,
      population: 150,
    });
    expect(view).toMatchObject({ severity: 'yellow', peak: 'red', condition: 'active' });
    expect(view.assetIds).toEqual(['a', 'b', 'c']);
    expect(view.box!.map(degrees => Math.round(degrees * 111_195))).toEqual([0, 0, 300, 0]);
    expect(view.hull).toHaveLength(2);
    expect(incidentView(engine, 'in-unknown')).toBeNull();
  });

  it('does not say that nobody lives there when nobody counted', () => {
    expect(runIn(GAS, 'c 0').told[0]!.summary.population).toBeNull();
  });

  it('is blind when all that is open is', () => {
    const { told } = runIn(GAS, 'a 0, b 1, a 2 blinded, b 3 blinded');
    expect(told.filter(each => each.kind === 'blinded').map(each => each.summary.condition)).toEqual([
      'active',
      'blind',
    ]);
  });

  it('takes in a link from the registry for alarms to come', () => {
    const directory = townOf([
      { id: 'a', at: null },
      { id: 'b', at: null },
    ]);
    const engine = new IncidentEngine(directory);
    const linked = {
      kind: 'asset',
      op: 'put',
      id: 'a',
      value: assetOf({ id: 'a', at: null, links: ['b'] }),
    } as const;
    directory.put(linked);
    engine.registry([linked], 0);
    feed(engine, timelineOf('a 0, b 1'));
    expect(partitionOf(engine)).toBe('a b');
    const removed = { kind: 'asset', op: 'delete', id: 'a', value: null } as const;
    directory.put(removed);
    engine.registry([removed], 2 * MINUTE);
    feed(engine, timelineOf('b 3 cleared, a 4 cleared'));
    expect([...engine.incidents.values()][0]!.figures.alarmCount).toBe(2);
  });

  it('groups silent sensors by owner and never with what they stand on', () => {
    const engine = new IncidentEngine(townOf([...GAS, { id: 'other', at: [0, 1], orgId: 'water-co' }]));
    feed(engine, [
      changeOf({ alarm: 'a', minute: 0 }),
      changeOf({ alarm: 'a-silent', sensor: 'a', minute: 1, rule: 'silent' }),
      changeOf({ alarm: 'far-silent', sensor: 'far', minute: 2, rule: 'silent' }),
      changeOf({ alarm: 'other-silent', sensor: 'other', minute: 3, rule: 'silent' }),
    ]);
    expect(partitionOf(engine)).toBe('a | a-silent far-silent | other-silent');
  });
});

describe('bounds', () => {
  it('settles a minute after the last alarm can attract, and then knows nothing of it', () => {
    const { engine } = runIn(GAS, 'a 0, a 10 cleared');
    expect(engine.tick(129 * MINUTE)).toEqual([]);
    expect(kindsOf(engine.tick(130 * MINUTE))).toBe('settled');
    expect([engine.members.size, engine.incidents.size, engine.counts.get('gas')]).toEqual([0, 0, 0]);
  });

  it('lets the longest-ended alarm go at its bound, and never an open one', () => {
    const { engine } = runIn(GAS, "a 0, far 1, a 2 cleared, far 3 cleared, a' 4, a'' 5", { membersMax: 2 });
    expect([...engine.members.keys()]).toEqual(["a'", "a''"]);
    const full = runIn(GAS, 'a 0, b 1, far 2', { membersMax: 2 }).engine;
    expect([...full.members.keys()]).toEqual(['a', 'b', 'far']);
  });

  const spread = (count: number, kind: string, quantity: string): Place[] =>
    Array.from({ length: count }, (_, i) => ({ id: `p${i}`, kind, quantity, at: [i * 9_000, 0] }));
  const allAtOnce = (count: number): string =>
    Array.from({ length: count }, (_, i) => `p${i} ${i / 100}`).join(', ');

  it('puts what finds no room into the catch-all of its family, never together with others', () => {
    const places = [
      ...spread(6, 'gas.well', 'gas.combustible'),
      { id: 'w', kind: 'water.pipe', quantity: 'water.pressure' },
    ];
    const { engine, told } = runIn(places, `${allAtOnce(6)}, w 1`, { familyIncidentsMax: 3 });
    expect(partitionOf(engine)).toBe('p0 | p1 | p2 | p3 p4 p5 | w');
    expect(
      told
        .filter(each => each.isCatchAll)
        .map(each => each.kind)
        .join(' '),
    ).toBe('opened cause joined joined');
    feed(engine, timelineOf("p4' 2, p1' 3"));
    expect(partitionOf(engine)).toBe("p0 | p1 p1' | p2 | p3 p4 p4' p5 | w");
  });

  it('opens no more than so many incidents in one surge of a storm, and none is lost', () => {
    const { engine } = runIn(spread(40, 'drainage.manhole', 'drainage.level'), allAtOnce(40));
    const surgeMax = FAMILIES.find(family => family.id === 'storm')!.surgeMax!;
    expect(engine.incidents.size).toBe(surgeMax + 1);
    expect(engine.members.size).toBe(40);
  });

  it('goes on collecting when the catch-all turns out to be part of an older one', () => {
    const near = { id: 'near', kind: 'drainage.manhole', quantity: 'drainage.level', at: [0, 1] as const };
    // p5 and p6 found no room of their own; `near` stands beside p0 and drains into p5.
    const places = [...spread(9, 'drainage.manhole', 'drainage.level'), { ...near, links: ['p5'] }];
    const { engine } = runIn(places, `${allAtOnce(7)}, near 1, p7 2, p8 3`);
    expect(partitionOf(engine)).toBe('near p0 p5 p6 p7 p8 | p1 | p2 | p3 | p4');
  });

  it('never does so with gas: each may be a life', () => {
    const { engine } = runIn(spread(40, 'gas.well', 'gas.combustible'), allAtOnce(40));
    expect(engine.incidents.size).toBe(40);
  });

  it('does not put the storm of today into the catch-all of yesterday', () => {
    const places = spread(40, 'drainage.manhole', 'drainage.level');
    const { engine } = runIn(places, allAtOnce(20));
    const later = Array.from({ length: 20 }, (_, i) =>
      changeOf({ alarm: `p${20 + i}`, minute: 1440 + i / 100 }),
    );
    feed(engine, later);
    const catchAlls = [...engine.incidents.values()].filter(each => each.figures.isCatchAll);
    expect(catchAlls).toHaveLength(2);
  });
});
