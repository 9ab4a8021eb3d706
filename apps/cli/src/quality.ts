import { readFile } from 'node:fs/promises';
import { AppError } from '@anmai/kernel';
import { checkSeries, readQualityConfig } from '@anmai/quality';
import { TIME_FORMATS } from '@anmai/simulators';
import { Command, Option } from 'commander';
import { CLI_ERRORS, csvSeries, type CsvSource } from './csv-series';
import { print, runProgram } from './run-program';

interface Flags extends CsvSource {
  readonly config: string;
  readonly value: string;
}

async function quality(flags: Flags): Promise<void> {
  const fail = (reason: string): never => {
    throw new AppError(CLI_ERRORS.input, { file: flags.config, reason });
  };
  const text = await readFile(flags.config, 'utf8').catch((error: unknown) => fail(String(error)));
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    fail(String(error));
  }
  const config = readQualityConfig(json);
  if (!config.ok) return fail(config.error.map(fault => `${fault.at}: ${fault.message}`).join('; '));
  const values = await csvSeries(flags, [flags.value]);
  const inputs = values.map(({ at, value }) => ({ at, value: Number.isNaN(value) ? null : value }));
  for (const row of checkSeries(config.value, inputs)) {
    await print(JSON.stringify({ ...row, at: new Date(row.at).toISOString() }));
  }
}

await runProgram(
  new Command('quality')
    .description('the quality tests over a file: one JSON line for each reading, with the flag of each test')
    .requiredOption('--config <file>', 'JSON: the tests and their limits')
    .requiredOption('--csv <file>', 'the values')
    .requiredOption('--time <column>', 'column of the time')
    .requiredOption('--value <column>', 'column of the value')
    .addOption(
      new Option('--time-format <form>', 'form of the time; default: found out from the first row').choices([
        ...TIME_FORMATS,
      ]),
    )
    .option('--zone <name>', 'time zone of local times', 'Asia/Shanghai')
    .option('--delimiter <mark>', 'default: found out from the first line')
    .option('--no-header', 'the first line is data; the columns are c1, c2, …')
    .action(quality),
);
