import { Command } from 'commander';
import { cityCommand } from './city-command';
import type { CliContext } from './context';
import { replayCommand } from './replay-command';

const EXAMPLES = `
Examples:
  npm run sim -- city --password secret
  npm run sim -- city --real --seed 7 --drop 0.01 --storms 2
  npm run sim -- city --dry-run --start 2026-11-22T02:00:00Z --duration 600
  npm run sim -- replay methane.csv --time time_utc --device metec --speed 60 --provision --quantity gas.combustible
  npm run sim -- river.csv --time datetime_local --zone America/Denver --map stage=river-1/level:cm --speed max
Stop with Ctrl-C: the devices say goodbye, and what was sent and acknowledged is counted.`;

/** The whole command line. A file in the place of a command is replayed. */
export function buildProgram(context: CliContext): Command {
  return new Command('sim')
    .description('Simulators: a demonstration city, recorded feeds, and faults in either')
    .addHelpText('after', EXAMPLES)
    .addCommand(cityCommand(context))
    .addCommand(replayCommand(context));
}

/** `sim data.csv --time t` means `sim replay data.csv --time t`. */
export function withCommand(args: readonly string[]): string[] {
  const [first] = args;
  const isCommand =
    first === undefined || first.startsWith('-') || ['city', 'replay', 'help'].includes(first);
  return isCommand ? [...args] : ['replay', ...args];
}
