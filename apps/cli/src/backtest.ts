import { readFile } from 'node:fs/promises';
import { AppError } from '@anmai/kernel';
import type { Rule } from '@anmai/alarms';
import { TIME_FORMATS } from '@anmai/simulators';
import { ruleSchema } from '@anmai/wire';
import { Command, InvalidArgumentError, Option } from 'commander';
import { z } from 'zod';
import { CLI_ERRORS, csvSeries, type CsvSource } from './csv-series';
import { replayRules, type ColumnSensor } from './replay-rules';
import { print, runProgram } from './run-program';

interface Flags extends CsvSource {
  readonly rules: string;
  readonly value: readonly string[];
  readonly map: readonly ColumnSensor[];
}

const names = (value: string, before: readonly string[]): readonly string[] => [...before, value];
const mappings = (value: string, before: readonly ColumnSensor[]): readonly ColumnSensor[] => [
  ...before,
  mapping(value),
];

/** `column=sensor[:quantity[:unit]]` */
function mapping(text: string): ColumnSensor {
  const [column = '', rest = ''] = text.split(/=(.*)/s);
  const [sensorId = '', quantity = 'generic.value', unit = '/'] = rest.split(':');
  if (column === '' || sensorId === '') throw new InvalidArgumentError('use column=sensor[:quantity[:unit]]');
  return { column, sensorId, quantity, unit };
}

async function readRules(file: string): Promise<Rule[]> {
  const fail = (reason: string): never => {
    throw new AppError(CLI_ERRORS.input, { file, reason });
  };
  const text = await readFile(file, 'utf8').catch((error: unknown) => fail(String(error)));
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    fail(String(error));
  }
  const parsed = z.array(ruleSchema).safeParse(json);
  if (!parsed.success) return fail(z.prettifyError(parsed.error));
  return parsed.data.map((rule, i) => ({ ...rule, id: rule.id ?? `rule-${i + 1}`, version: 1 }));
}

async function backtest(flags: Flags): Promise<void> {
  const rules = await readRules(flags.rules);
  const plain = flags.value.map(column => ({
    column,
    sensorId: column,
    quantity: 'generic.value',
    unit: '/',
  }));
  const columns = [...plain, ...flags.map];
  if (columns.length === 0)
    throw new AppError(CLI_ERRORS.input, { file: flags.csv, reason: 'no column: give --value or --map' });
  const values = await csvSeries(
    flags,
    columns.map(column => column.column),
  );
  for (const line of replayRules(rules, columns, values)) await print(JSON.stringify(line));
}

await runProgram(
  new Command('backtest')
    .description('what the rules would have raised over the values of a file: one JSON line for each change')
    .requiredOption('--rules <file>', 'JSON array of rules, as for POST /api/v1/rules')
    .requiredOption('--csv <file>', 'the values')
    .requiredOption('--time <column>', 'column of the time')
    .option('--value <column>', 'column of a value; may be given again', names, [])
    .option(
      '--map <column=sensor[:quantity[:unit]]>',
      'column with what it stands for; may be given again',
      mappings,
      [],
    )
    .addOption(
      new Option('--time-format <form>', 'form of the time; default: found out from the first row').choices([
        ...TIME_FORMATS,
      ]),
    )
    .option('--zone <name>', 'time zone of local times', 'Asia/Shanghai')
    .option('--delimiter <mark>', 'default: found out from the first line')
    .option('--no-header', 'the first line is data; the columns are c1, c2, …')
    .addOption(new Option('--format <form>', 'of the output').choices(['jsonl']).default('jsonl'))
    .action(backtest),
);
