import { Command, InvalidArgumentError } from 'commander';
import { buildCity, SEED_DEFAULT } from '../city/city';
import { CityFeed } from '../city/city-feed';
import { PACE_DEMO, PACE_MAX, PACE_REAL } from '../city/pace';
import { CITY_RULES } from '../city/rules';
import { SYSTEM_CLOCK } from '../edge/player';
import { summaryLines } from '../edge/run';
import { runCity } from '../edge/run-city';
import { FaultInjector } from '../faults';
import { encodeMessage } from '../feed/encode';
import { telemetryTopic } from '../feed/feed';
import type { CliContext } from './context';
import {
  addConnectionOptions,
  addFaultOptions,
  faultsOf,
  number,
  whole,
  type ConnectionFlags,
  type FaultFlags,
} from './options';
import { runOptions } from './run-options';

interface CityFlags extends ConnectionFlags, FaultFlags {
  readonly seed: number;
  readonly pace: number;
  readonly real?: boolean;
  readonly provision: boolean;
  readonly backfillHours: number;
  readonly backfillEvery: number;
  readonly duration?: number;
  readonly dryRun?: boolean;
  readonly start?: Date;
  readonly printRegistry?: boolean;
  readonly printRules?: boolean;
}

const DRY_RUN_SECONDS_DEFAULT = 60;

export function cityCommand(context: CliContext): Command {
  const command = new Command('city')
    .description(
      'the demonstration city: writes its registry and rules, then publishes its feed until stopped',
    )
    .optionsGroup('City:')
    .option('--seed <n>', 'the same seed gives the same city and the same feed', whole(0), SEED_DEFAULT)
    .option(
      '--pace <n>',
      '1: intervals and incidents of the field; 30: of a demonstration',
      number(0.1, PACE_MAX),
      PACE_DEMO,
    )
    .option('--real', 'the same as --pace 1')
    .option('--no-provision', 'registry and rules are there already')
    .option('--backfill-hours <h>', 'hours before the start to fill; 0: none', number(0, 720), 6)
    .option('--backfill-every <min>', 'minutes between two filled values', number(0.1), 5)
    .option('--duration <s>', 'stop by itself after so many seconds', number(1))
    .option('--dry-run', 'print the feed as JSON lines, as fast as it can be computed, and publish nothing')
    .option('--start <time>', 'ISO time at which a dry run begins; default now', instant)
    .option('--print-registry', 'print the body for POST /api/v1/registry/import and stop')
    .option('--print-rules', 'print the rules as a JSON array and stop');
  addFaultOptions(addConnectionOptions(command));
  return command.action(async (flags: CityFlags) => city(flags, context));
}

function instant(text: string): Date {
  const at = new Date(text);
  if (Number.isNaN(at.getTime()))
    throw new InvalidArgumentError('an ISO time is wanted, such as 2026-11-22T02:00:00Z.');
  return at;
}

async function city(flags: CityFlags, context: CliContext): Promise<void> {
  const pace = flags.real === true ? PACE_REAL : flags.pace;
  if (flags.printRegistry === true || flags.printRules === true || flags.dryRun === true) {
    await print(flags, pace, context);
    return;
  }
  const { seed, provision, backfillHours, duration } = flags;
  const summary = await runCity({
    ...runOptions(flags, context),
    faults: faultsOf(flags),
    seed,
    pace,
    provision,
    backfillHours,
    backfillEveryMinutes: flags.backfillEvery,
    durationSeconds: duration ?? null,
  });
  for (const line of summaryLines(summary)) context.log(line);
}

async function print(flags: CityFlags, pace: number, { print: out }: CliContext): Promise<void> {
  const made = buildCity({ seed: flags.seed, pace });
  if (flags.printRegistry === true) return out(JSON.stringify(made.registry, null, 1));
  if (flags.printRules === true) return out(JSON.stringify(CITY_RULES, null, 1));
  const startAt = flags.start?.getTime() ?? SYSTEM_CLOCK.now();
  const feed = new CityFeed(made, startAt);
  const options = faultsOf(flags);
  const faults = options === null ? null : new FaultInjector(options);
  const end = startAt + (flags.duration ?? DRY_RUN_SECONDS_DEFAULT) * 1_000;
  for (const message of feed.messages(startAt, end)) {
    for (const item of faults === null ? [message] : faults.push(message)) {
      if (item.kind === 'break') continue;
      const { sendAt, deviceId } = item;
      const line = {
        at: new Date(sendAt).toISOString(),
        topic: telemetryTopic(deviceId),
        payload: encodeMessage(item),
      };
      await out(JSON.stringify(line));
    }
  }
}
