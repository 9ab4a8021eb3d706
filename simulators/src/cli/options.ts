import { Command, InvalidArgumentError, Option } from 'commander';
import type { FaultOptions } from '../faults';
import type { Login } from '../edge/device-link';
import { CONNECTS_MAX_DEFAULT, INFLIGHT_MAX_DEFAULT } from '../edge/fleet';

const DEFAULT_HTTP = 'http://127.0.0.1:3000';
const DEFAULT_MQTT = 'mqtt://127.0.0.1:1883';

/** A number from `min` to `max`. */
export const number =
  (min: number, max = Infinity) =>
  (text: string): number => {
    const value = text.trim() === '' ? NaN : Number(text);
    if (value >= min && value <= max) return value;
    throw new InvalidArgumentError(
      `a number from ${min} ${max === Infinity ? 'up' : `to ${max}`} is wanted.`,
    );
  };

/** A whole number from `min` up. */
export const whole =
  (min: number) =>
  (text: string): number => {
    const value = number(min)(text);
    if (Number.isInteger(value)) return value;
    throw new InvalidArgumentError('a whole number is wanted.');
  };

/** `user:password`; the password may hold colons. */
export function login(text: string): Login {
  const colon = text.indexOf(':');
  if (colon <= 0) throw new InvalidArgumentError('user:password is wanted.');
  return { username: text.slice(0, colon), password: text.slice(colon + 1) };
}

/** Collects an option that may be given again and again. */
export const collect = (text: string, before: readonly string[]): string[] => [...before, text];

export interface ConnectionFlags {
  readonly http: string;
  readonly mqtt: string;
  readonly user: string;
  readonly password?: string;
  readonly gateway?: Login;
  readonly deviceLogin?: Login;
  readonly credentials?: string;
  readonly connects: number;
  readonly inflight: number;
}

export function addConnectionOptions(command: Command): Command {
  return command
    .optionsGroup('Platform:')
    .option('--http <url>', 'HTTP address of the platform', DEFAULT_HTTP)
    .option('--mqtt <url>', 'MQTT address: mqtt:, mqtts:, ws: or wss:', DEFAULT_MQTT)
    .option('--user <name>', 'user who writes the registry and fetches log-ins', 'admin')
    .addOption(new Option('--password <text>', 'its password').env('ANMAI_ADMIN_PASSWORD'))
    .option('--credentials <file>', 'keep the log-ins of the devices in this file between runs')
    .addOption(
      new Option('--device-login <user:password>', 'one log-in for all devices')
        .env('ANMAI_DEVICE_LOGIN')
        .argParser(login),
    )
    .addOption(
      new Option('--gateway <user:password>', 'one connection with this log-in for all devices')
        .env('ANMAI_GATEWAY_LOGIN')
        .argParser(login),
    )
    .option('--connects <n>', 'connections being opened at once', whole(1), CONNECTS_MAX_DEFAULT)
    .option('--inflight <n>', 'messages under way without their PUBACK', whole(1), INFLIGHT_MAX_DEFAULT);
}

export interface FaultFlags {
  readonly drop: number;
  readonly duplicate: number;
  readonly reorder: number;
  readonly delay: number;
  readonly delayMax: number;
  readonly skew: number;
  readonly skewMax: number;
  readonly stuck: number;
  readonly stuckMessages: number;
  readonly nan: number;
  readonly malformed: number;
  readonly storms: number;
  readonly faultSeed: number;
}

export function addFaultOptions(command: Command): Command {
  const share = number(0, 1);
  return command
    .optionsGroup('Faults (shares are 0 to 1; all default to 0 and can be combined):')
    .option('--drop <share>', 'messages that never leave', share, 0)
    .option('--duplicate <share>', 'messages that leave twice', share, 0)
    .option('--reorder <share>', 'messages that leave after the next one of their device', share, 0)
    .option('--delay <share>', 'messages that leave late, device time unchanged', share, 0)
    .option('--delay-max <seconds>', 'longest delay', number(0), 60)
    .option('--skew <share>', 'devices whose clock is wrong', share, 0)
    .option('--skew-max <seconds>', 'largest error of a clock, either way', number(0), 600)
    .option('--stuck <share>', 'chance by value that its channel begins to repeat it', share, 0)
    .option('--stuck-messages <n>', 'for how many messages it does', whole(1), 20)
    .option('--nan <share>', 'messages with a value that is no number', share, 0)
    .option('--malformed <share>', 'messages whose payload is no JSON', share, 0)
    .option('--storms <per-hour>', 'all connections break at once, so many times an hour', number(0), 0)
    .option('--fault-seed <n>', 'the same seed strikes the same messages', whole(0), 1);
}

/** null: no fault was asked for. */
export function faultsOf(flags: FaultFlags): FaultOptions | null {
  const { drop, duplicate, reorder, delay, skew, stuck, nan, malformed, storms } = flags;
  if ([drop, duplicate, reorder, delay, skew, stuck, nan, malformed, storms].every(each => each === 0))
    return null;
  return {
    seed: flags.faultSeed,
    drop,
    duplicate,
    reorder,
    delay,
    delayMsMax: flags.delayMax * 1_000,
    skew,
    skewMsMax: flags.skewMax * 1_000,
    stuck,
    stuckMessages: flags.stuckMessages,
    nan,
    malformed,
    stormsPerHour: storms,
  };
}
