import { IncidentEngine } from './engine';
import { incidentViews } from './incident-view';
import { changeOf, feed, MINUTE, partitionOf, townOf, type Place } from './testing/city';
import { stormAlarms, stormTown } from './testing/drill';

/** lifelines.md, section 7: a tenth of 85,000 devices in ten minutes. */
const ALARMS = 8_500;
const INCIDENTS_MAX = 10;

describe('storm drill: 8,500 alarms in ten minutes', () => {
  it.each([
    ['a dense town', 15, 1],
    ['a city', 30, 2],
    ['a wide city', 60, 3],
    ['a region too wide for its sensors', 300, 4],
  ])('%s gives a handful of incidents, each alarm in one of them', (_name, kmWide, seed) => {
    const places = stormTown(ALARMS, kmWide, seed);
    const engine = new IncidentEngine(townOf(places));
    feed(engine, stormAlarms(places, 10, seed));
    const views = incidentViews(engine);
    expect(views.length).toBeLessThanOrEqual(INCIDENTS_MAX);
    expect(views.flatMap(view => view.alarmIds).sort()).toEqual(places.map(place => place.id).sort());
    expect(views.reduce((sum, view) => sum + (view.population ?? 0), 0)).toBe(ALARMS * 10);
  });

  it('two gas leaks, a burst and an outage in it stay what they are', () => {
    const places: Place[] = [
      ...stormTown(ALARMS, 30, 5),
      { id: 'leak1', at: [5_000, 5_000] },
      { id: 'leak1b', at: [5_100, 5_000] },
      { id: 'leak2', at: [25_000, 20_000] },
      { id: 'main', kind: 'water.pipe', quantity: 'water.pressure', at: [9_000, 9_000] },
      { id: 'meter', kind: 'water.pipe', quantity: 'water.flow', at: [9_100, 9_000] },
      ...[0, 1, 2].map(i => ({ id: `off${i}`, kind: 'gas.station', at: [i * 9_000, 0] as const })),
    ];
    const engine = new IncidentEngine(townOf(places));
    const others = [
      changeOf({ alarm: 'leak1', minute: 2 }),
      changeOf({ alarm: 'leak1b', minute: 3, severity: 'red' }),
      changeOf({ alarm: 'leak2', minute: 4 }),
      changeOf({ alarm: 'main', minute: 5, side: 'below' }),
      changeOf({ alarm: 'meter', minute: 6 }),
      ...[0, 1, 2].map(i => changeOf({ alarm: `off${i}`, minute: 7, rule: 'silent' })),
    ];
    const storm = stormAlarms(places.slice(0, ALARMS), 10, 5);
    feed(
      engine,
      [...storm, ...others].sort((a, b) => a.noticedAt - b.noticedAt),
    );
    const rest = partitionOf(engine)
      .split(' | ')
      .filter(group => !/\bs\d/.test(group));
    expect(rest).toEqual(['leak1 leak1b', 'leak2', 'main meter', 'off0 off1 off2']);
    const codes = incidentViews(engine).map(view => `${view.familyId} ${view.causes[0]!.code}`);
    expect(codes).toContain('gas gas.leakNeighbours');
    expect(codes).toContain('water water.burst');
    expect(codes).toContain('storm storm.rain');
    expect(codes).toContain('silence silence.outage');
  });

  it('leaves nothing behind when the storm is over', () => {
    const places = stormTown(ALARMS, 30, 6);
    const engine = new IncidentEngine(townOf(places));
    feed(engine, stormAlarms(places, 10, 6));
    feed(
      engine,
      places.map((place, i) =>
        changeOf({ alarm: place.id, minute: 60 + i / 1_000, onset: 0, kind: 'cleared' }),
      ),
    );
    engine.tick(300 * MINUTE);
    expect([engine.members.size, engine.incidents.size]).toEqual([0, 0]);
    expect([...engine.ended.values()].map(each => each.size)).toEqual([0]);
  });
});
