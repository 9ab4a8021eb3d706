import { buildingSchema, importRowSchemas, importSchema, parseTelemetry, ruleSchema } from '@anmai/wire';
import { encodeMessage } from '../feed/encode';
import { buildingFilesOf } from './building-files';
import { buildCity } from './city';
import { CityFeed } from './city-feed';
import { CITY_RULES } from './rules';

const START = Date.UTC(2026, 10, 22, 2);
const city = buildCity();

/** The city against the platform's own schemas, so that the demonstration cannot fall out of step with it. */
describe('what the city hands to the platform', () => {
  const body = JSON.parse(JSON.stringify(city.registry)) as unknown;

  it.each(['orgs', 'assets', 'devices', 'sensors'] as const)('%s: every row is taken by the import', list => {
    const faults = importSchema.parse(body)[list].flatMap(row => {
      const parsed = importRowSchemas[list].safeParse(row);
      return parsed.success ? [] : [`${JSON.stringify(row)}: ${parsed.error.message}`];
    });
    expect(faults).toEqual([]);
  });

  it('every building has a file that is taken', () => {
    const files = buildingFilesOf(city);
    expect(files.length).toBeGreaterThan(40);
    expect(files.flatMap(file => buildingSchema.safeParse(file).error?.issues ?? [])).toEqual([]);
    expect(buildingFilesOf(city)).toEqual(files);
  });

  it.each(CITY_RULES.map(rule => [rule.id, rule] as const))('rule %s is taken', (_id, rule) => {
    expect(ruleSchema.safeParse(JSON.parse(JSON.stringify(rule))).error).toBeUndefined();
  });

  it('telemetry: every message of four minutes is parsed, with the channels, units and times of its sensors', () => {
    const feed = new CityFeed(city, START);
    const sensors = new Map(city.registry.sensors.map(each => [`${each.deviceId}/${each.channel}`, each]));
    for (const message of feed.messages(START, START + 240_000)) {
      const parsed = parseTelemetry(Buffer.from(encodeMessage(message)), message.sendAt);
      if (!parsed.ok) throw new Error(parsed.error.detail);
      expect(parsed.value.rejects).toEqual([]);
      expect(parsed.value.records).toHaveLength(message.records.length);
      for (const { shortName, unit, at } of parsed.value.records) {
        const sensor = sensors.get(`${message.deviceId}/${shortName}`);
        expect(sensor).toBeDefined();
        expect(at).toBe(message.sendAt);
        if (unit !== null) expect(unit).toBe(sensor?.unit);
      }
    }
  });

  it('back-fill: packs are within the records that a message may hold, and their times come through', () => {
    const feed = new CityFeed(city, START);
    for (const plan of city.plans.slice(0, 40)) {
      for (const pack of feed.backfill(plan, START - 6 * 3_600_000, START, 60_000)) {
        const parsed = parseTelemetry(Buffer.from(encodeMessage(pack)), START);
        if (!parsed.ok) throw new Error(parsed.error.detail);
        expect(parsed.value.records.map(each => each.at)).toEqual(pack.records.map(each => each.at));
      }
    }
  });
});
