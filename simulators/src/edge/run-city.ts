import { HOUR_MS, MINUTE_MS, type Millis } from '@anmai/kernel';
import { buildingFilesOf } from '../city/building-files';
import { buildCity, SEED_DEFAULT, type City } from '../city/city';
import { CityFeed } from '../city/city-feed';
import { LOCAL_OFFSET_MS } from '../city/weather';
import { PACE_DEMO } from '../city/pace';
import { CITY_RULES, type RuleBody } from '../city/rules';
import type { FeedMessage } from '../feed/feed';
import { play } from './player';
import type { PlatformClient } from './platform-client';
import { Run, type RunOptions, type RunSummary } from './run';
import { eachBounded } from './slots';

export interface RunCityOptions extends RunOptions {
  readonly seed?: number;
  /** 1 is the field, 30 (default) the demonstration. */
  readonly pace?: number;
  /** Hours before the start that are filled, 0 for none. Default 6. */
  readonly backfillHours?: number;
  /** Default 5. */
  readonly backfillEveryMinutes?: number;
  /** Registry and rules are written first. Default true; needs `http`. */
  readonly provision?: boolean;
  /** Ends by itself after this time; null (default): goes on until the signal. */
  readonly durationSeconds?: number | null;
  /** Called once the feed runs, with the instant that its timetable counts from. */
  readonly onLive?: (startAt: Millis) => void;
}

const RULE_REQUESTS_MAX = 2;
const isAboutSilence = (rule: RuleBody): boolean => rule.condition.type === 'noData';
const SILENCE_RULES = CITY_RULES.filter(isAboutSilence);
const LIMIT_RULES = CITY_RULES.filter(rule => !isAboutSilence(rule));

/**
 * The demonstration city against a running platform: writes registry and rules, logs every device in, fills the last
 * hours, then publishes in real time until the signal or the end of `durationSeconds`.
 */
export async function runCity(options: RunCityOptions): Promise<RunSummary> {
  const {
    seed = SEED_DEFAULT,
    pace = PACE_DEMO,
    provision = true,
    signal,
    log,
    durationSeconds = null,
  } = options;
  const city = buildCity({ seed, pace });
  const run = new Run(options);
  try {
    if (provision && run.platform !== null) await provisionCity(run.platform, city, log);
    await run.connect(city.plans.map(each => each.device.id));
    const startAt = run.clock.now();
    const feed = new CityFeed(city, startAt);
    await backfill(run, feed, options);
    // Only now has every sensor been heard: before, the time that the log-ins took would count as silence.
    if (provision && run.platform !== null) await createRules(run.platform, SILENCE_RULES, log);
    options.onLive?.(startAt);
    const end = durationSeconds === null ? Infinity : startAt + durationSeconds * 1_000;
    const { fleet, faults, clock } = run;
    await play(announced(feed, startAt, end, log), { fleet, faults, clock, signal });
  } catch (error) {
    if (!signal.aborted) {
      await run.fleet.close();
      throw error;
    }
  }
  return run.finish();
}

/** Everything that the city needs on the platform but the rules about silence. Again: nothing changes. */
export async function provisionCity(
  platform: PlatformClient,
  city: City,
  log: (line: string) => void,
): Promise<void> {
  await platform.logIn();
  await platform.importRegistry(city.registry);
  const { assets, devices, sensors } = city.registry;
  log(`registry: ${assets.length} assets, ${devices.length} devices, ${sensors.length} sensors`);
  await createRules(platform, LIMIT_RULES, log);
  await createFiles(platform, city, log);
}

async function createFiles(platform: PlatformClient, city: City, log: (line: string) => void): Promise<void> {
  const files = buildingFilesOf(city);
  let made = 0;
  await eachBounded(files, RULE_REQUESTS_MAX, async file => {
    if (await platform.create('/buildings', file)) made += 1;
  });
  log(`building files: ${made} new, ${files.length - made} there already`);
}

async function createRules(
  platform: PlatformClient,
  rules: readonly RuleBody[],
  log: (line: string) => void,
): Promise<void> {
  let made = 0;
  await eachBounded(rules, RULE_REQUESTS_MAX, async rule => {
    if (await platform.create('/rules', rule)) made += 1;
  });
  log(`rules: ${made} new, ${rules.length - made} there already`);
}

async function backfill(run: Run, feed: CityFeed, options: RunCityOptions): Promise<void> {
  const { backfillHours = 6, backfillEveryMinutes = 5, signal, log } = options;
  const from = feed.startAt - backfillHours * HOUR_MS;
  for (const plan of feed.city.plans) {
    if (signal.aborted || backfillHours <= 0) return;
    const packs = feed.backfill(plan, from, feed.startAt, backfillEveryMinutes * MINUTE_MS);
    for (const pack of packs) await run.fleet.send(pack);
  }
  log(`the last ${backfillHours} h are filled, one value every ${backfillEveryMinutes} min`);
}

/** The live feed; says when an incident begins. */
function* announced(
  feed: CityFeed,
  from: Millis,
  to: Millis,
  log: (line: string) => void,
): Generator<FeedMessage> {
  let told = from;
  for (const message of feed.messages(from, to)) {
    if (message.sendAt > told) {
      for (const incident of feed.incidents(told, message.sendAt)) {
        log(`${localTime(incident.span.from)} ${incident.title}`);
      }
      told = message.sendAt;
    }
    yield message;
  }
}

const localTime = (at: Millis): string => new Date(at + LOCAL_OFFSET_MS).toISOString().slice(11, 19);
