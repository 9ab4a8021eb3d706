import { HOUR_MS, type Millis } from '@anmai/kernel';
import { encodeMessage } from '../feed/encode';
import type { FeedMessage } from '../feed/feed';
import { buildCity, type City } from './city';
import { CityFeed } from './city-feed';
import type { Crossing } from './incident';
import { CYCLE_SECONDS } from './incidents';
import type { SensorPlan } from './parts';
import { CITY_RULES } from './rules';

const START = Date.UTC(2026, 10, 22, 2);
const CYCLE_MS = CYCLE_SECONDS * 1_000;
const city = buildCity();
const feed = new CityFeed(city, START);
const plans = new Map(city.plans.flatMap(each => each.sensors).map(each => [each.sensor.id, each]));
const planOf = (sensorId: string): SensorPlan => {
  const plan = plans.get(sensorId);
  if (plan === undefined) throw new Error(`no sensor ${sensorId}`);
  return plan;
};

const textOf = (of: City, from: Millis, to: Millis): string =>
  [...new CityFeed(of, START).messages(from, to)]
    .map(each => `${each.sendAt} ${each.deviceId} ${encodeMessage(each)}`)
    .join('\n');

describe('the feed of the city', () => {
  it('is byte for byte the same for the same seed', () => {
    const text = textOf(city, START, START + 120_000);
    expect(text.length).toBeGreaterThan(100_000);
    expect(textOf(buildCity(), START, START + 120_000)).toBe(text);
  });

  it('is another for another seed', () => {
    expect(textOf(buildCity({ seed: 7 }), START, START + 60_000)).not.toBe(
      textOf(city, START, START + 60_000),
    );
  });

  it('goes on in the same way from any instant', () => {
    const middle = START + 61_000;
    expect(`${textOf(city, START, middle)}\n${textOf(city, middle, START + 120_000)}`).toBe(
      textOf(city, START, START + 120_000),
    );
  });

  it('is ascending in time, and every device keeps its interval unless it is silent', () => {
    const lastAt = new Map<string, Millis>();
    const silent = feed.incidents(START, START + CYCLE_MS).flatMap(each => each.silentDeviceIds);
    let previous = START;
    for (const message of feed.messages(START, START + CYCLE_MS)) {
      expect(message.sendAt).toBeGreaterThanOrEqual(previous);
      previous = message.sendAt;
      const plan = city.plans.find(each => each.device.id === message.deviceId);
      const gap = message.sendAt - (lastAt.get(message.deviceId) ?? START);
      if (!silent.includes(message.deviceId)) expect(gap).toBeLessThanOrEqual(plan?.everyMs ?? 0);
      lastAt.set(message.deviceId, message.sendAt);
    }
    expect(lastAt.size).toBe(city.plans.length);
  });
});

describe('the timetable of incidents', () => {
  const isOver = ({ side, limit }: Crossing, value: number): boolean =>
    side === 'above' ? value >= limit : value <= limit;
  const isClear = ({ side, clear }: Crossing, value: number): boolean =>
    side === 'above' ? value < clear : value > clear;

  it('promises all six kinds in each of the first twelve rounds, ended within the round', () => {
    for (let round = 0; round < 12; round += 1) {
      const from = START + round * CYCLE_MS;
      const incidents = feed.incidents(from, from + CYCLE_MS);
      expect(new Set(incidents.map(each => each.kind)).size).toBe(6);
      expect(incidents.filter(each => each.span.to > from + CYCLE_MS)).toEqual([]);
    }
  });

  it('raises the first alarm 20 s to 40 s after the start, and nothing crosses before', () => {
    const [first] = feed.incidents(START, START + CYCLE_MS).flatMap(each => each.crossings);
    if (first === undefined) throw new Error('no crossing');
    const heard = [...feed.messages(START, START + 60_000)].find(
      message =>
        recordOf(message, first.sensorId) !== null && isOver(first, recordOf(message, first.sensorId) ?? 0),
    );
    expect(heard?.sendAt).toBeGreaterThanOrEqual(START + 20_000);
    expect(heard?.sendAt).toBeLessThanOrEqual(START + 40_000);
  });

  it('crosses each limit at the promised instant and is back when promised, round after round', () => {
    for (const incident of feed.incidents(START, START + 12 * CYCLE_MS)) {
      for (const crossing of incident.crossings) {
        const plan = planOf(crossing.sensorId);
        const what = `${incident.id} ${crossing.sensorId} ${crossing.limit}`;
        expect(isOver(crossing, feed.valueAt(plan, incident.span.from)), `${what} at first`).toBe(false);
        // Two seconds: what the instrument rounds up comes early by half a step of its last digit.
        expect(isOver(crossing, feed.valueAt(plan, crossing.at - 2_000)), `${what} before`).toBe(false);
        expect(isOver(crossing, feed.valueAt(plan, crossing.at)), `${what} then`).toBe(true);
        expect(isClear(crossing, feed.valueAt(plan, crossing.clearAt)), `${what} cleared`).toBe(true);
        expect(isClear(crossing, feed.valueAt(plan, incident.span.to)), `${what} at last`).toBe(true);
      }
    }
  });

  it('more than doubles the flow while the pressure is low in a burst', () => {
    const burst = feed.incidents(START, START + CYCLE_MS).find(each => each.kind === 'waterBurst');
    const [crossing] = burst?.crossings ?? [];
    const flow = planOf([...(burst?.curves.keys() ?? [])].find(id => id.endsWith('.flow')) ?? '');
    if (burst === undefined || crossing === undefined) throw new Error('no burst');
    const before = feed.valueAt(flow, burst.span.from - 1);
    expect(feed.valueAt(flow, crossing.at + 30_000)).toBeGreaterThan(2 * before);
  });

  it('lets a device fall silent for many intervals and come back', () => {
    const silence = feed.incidents(START, START + CYCLE_MS).find(each => each.kind === 'deviceSilent');
    const deviceId = silence?.silentDeviceIds[0];
    const heard = [...feed.messages(START, START + CYCLE_MS)].filter(each => each.deviceId === deviceId);
    const { from = 0, to = 0 } = silence?.span ?? {};
    expect(heard.filter(each => each.sendAt >= from && each.sendAt < to)).toEqual([]);
    expect(heard.some(each => each.sendAt < from)).toBe(true);
    expect(heard.some(each => each.sendAt >= to)).toBe(true);
  });

  it('freezes a stuck sensor to one value, and only then', () => {
    const stuck = feed.incidents(START, START + CYCLE_MS).find(each => each.kind === 'sensorStuck');
    const plan = planOf(stuck?.stuckSensorIds[0] ?? '');
    const { from = 0, to = 0 } = stuck?.span ?? {};
    const values = (start: Millis, end: Millis): number =>
      new Set(Array.from({ length: 30 }, (_, i) => feed.valueAt(plan, start + (i * (end - start)) / 30)))
        .size;
    expect(values(from, to)).toBe(1);
    expect(values(from - 300_000, from)).toBeGreaterThan(5);
  });
});

describe('the quiet city', () => {
  it('crosses no limit of its rules in two days without incidents', () => {
    const kinds = new Map(city.registry.assets.map(each => [each.id, each.kind]));
    const loud: string[] = [];
    for (const { sensor, ...rest } of plans.values()) {
      const limits = CITY_RULES.flatMap(({ appliesTo, condition }) => {
        const fits = appliesTo.quantity === sensor.quantity;
        const kind = appliesTo.assetKind === undefined || appliesTo.assetKind === kinds.get(sensor.assetId);
        return condition.type === 'threshold' && fits && kind ? condition.limits : [];
      });
      for (let at = START - 48 * HOUR_MS; limits.length > 0 && at < START; at += 1.5 * HOUR_MS) {
        const value = feed.valueAt({ sensor, ...rest }, at);
        const isOver = limits.some(
          ({ above = Infinity, below = -Infinity }) => value >= above || value <= below,
        );
        if (isOver) loud.push(`${sensor.id} ${value}`);
      }
    }
    expect(loud).toEqual([]);
  });

  it('has more water demand at supper than at night', () => {
    const flow = planOf('dma-1.in.flow');
    const [night, supper] = [Date.UTC(2026, 10, 20, 19), Date.UTC(2026, 10, 21, 11)];
    expect(feed.valueAt(flow, supper)).toBeGreaterThan(2 * feed.valueAt(flow, night));
  });

  it('back-fills each device with few large messages, at most 500 records each, oldest first', () => {
    const plan = city.plans[0];
    if (plan === undefined) throw new Error('no device');
    const packs = [...feed.backfill(plan, START - 12 * HOUR_MS, START, 60_000)];
    const times = packs.flatMap(each => each.records).map(each => each.at);
    expect(Math.max(...packs.map(each => each.records.length))).toBeLessThanOrEqual(500);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(times.length).toBe(720 * plan.sensors.length);
    expect(times[0]).toBe(START - 12 * HOUR_MS);
  });
});

function recordOf(message: FeedMessage, sensorId: string): number | null {
  const { sensor } = planOf(sensorId);
  if (message.deviceId !== sensor.deviceId) return null;
  const value = message.records.find(each => each.channel === sensor.channel)?.value;
  return typeof value === 'number' ? value : null;
}
