import { setTimeout as wait } from 'node:timers/promises';
import { startInfluxd } from '@anmai/testing';
import { ApiClient } from '../support/api-client';
import { startBareBroker } from './bare-broker';
import { caughtUp, makeRules, registerCity, statusOf } from './city';
import { countPoints } from './influx-count';
import { Load, perSecond } from './load';
import { CHANNELS } from './mqtt-bytes';
import { cpuMsOf } from './process-figures';
import { median, round, type BenchOptions, type BenchResult } from './report';
import { mqttPort, startProgram } from './server';
import { highestSteady, type Attempt } from './steady';

const CONNECTIONS = 50;
const DATABASE = 'bench';
const GOAL = 0.2;

/** Newest rate found, for those who compare with it in the same run. */
let measured: number | null = null;

export async function pathRate(options: BenchOptions): Promise<number> {
  if (measured === null) await benchPath(options);
  return measured!;
}

/** Gateway, journal, monitor with two rules on each sensor, archiver into a real InfluxDB: the rate that all keep. */
export async function benchPath({ seconds, say }: BenchOptions): Promise<BenchResult> {
  const influxd = await startInfluxd();
  const server = await startProgram({ INFLUX_URL: influxd.url, INFLUX_DATABASE: DATABASE });
  try {
    const api = await ApiClient.login(server.http);
    const devices = await registerCity(api, { devices: CONNECTIONS, channels: CHANNELS });
    await makeRules(api);
    const load = await Load.open(mqttPort(server), devices);
    const bareRate = await baseline(seconds / 10);
    say(`path: a bare aedes takes ${round(bareRate)}/s; looking for the highest steady rate`);
    const cpu = { before: cpuMsOf(server.pid), influxBefore: cpuMsOf(influxd.pid) };
    const attempt = (rate: number, forSeconds: number): Promise<Attempt> =>
      tryRate(api, load, rate, forSeconds);
    const range = { first: Math.round(bareRate * GOAL), high: Math.round(bareRate * 0.6) };
    const { perSecond: rate, acked } = await highestSteady(attempt, range, seconds, say);
    measured = rate;
    const cpuUs = ((cpuMsOf(server.pid) - cpu.before) * 1_000) / acked;
    const influxUs = ((cpuMsOf(influxd.pid) - cpu.influxBefore) * 1_000) / acked;
    await load.stop();
    const points = await countPoints(influxd.url, DATABASE, '"raw"."reading"', 'quality');
    const expected = acked * CHANNELS.length;
    const ratio = rate / bareRate;
    return {
      name: 'path',
      headline: `${round(ratio, 2)} of a bare aedes (${rate} of ${round(bareRate)} messages/s; ${points} of ${expected} points stored)`,
      goal: `>= ${GOAL}, all points stored`,
      met: ratio >= GOAL && points === expected,
      figures: {
        ratio: round(ratio, 3),
        perSecond: rate,
        barePerSecond: round(bareRate),
        points,
        pointsExpected: expected,
        cpuUsServer: round(cpuUs, 1),
        cpuUsInflux: round(influxUs, 1),
      },
    };
  } finally {
    await server.stop();
    await influxd.stop();
  }
}

async function baseline(seconds: number): Promise<number> {
  const bare = await startBareBroker(CONNECTIONS);
  try {
    await bare.load.press(2);
    const rates: number[] = [];
    for (let i = 0; i < 3; i++) rates.push(perSecond(await bare.load.press(Math.max(2, seconds))));
    return median(rates);
  } finally {
    await bare.stop();
  }
}

/** Lag near the end of the run, the mean of several looks: a single one may hit a batch in the making. */
async function tryRate(api: ApiClient, load: Load, rate: number, seconds: number): Promise<Attempt> {
  await caughtUp(api);
  const running = load.steady(seconds, rate);
  const lags: number[] = [];
  await wait(seconds * 800);
  const until = performance.now() + seconds * 200;
  while (performance.now() < until) {
    const { monitorLagMs, archiverLagMs } = await statusOf(api);
    lags.push(Math.max(monitorLagMs, archiverLagMs));
    await wait(100);
  }
  const run = await running;
  await caughtUp(api);
  return { run, lagMs: lags.reduce((sum, lag) => sum + lag, 0) / lags.length };
}
