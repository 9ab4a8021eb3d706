import { ApiClient } from '../support/api-client';
import { mqttPort, startProgram } from './server';
import { startBareBroker } from './bare-broker';
import { caughtUp, makeRules, registerCity } from './city';
import { Load, perSecond } from './load';
import { CHANNELS } from './mqtt-bytes';
import { cpuMsOf } from './process-figures';
import { median, round, type BenchOptions, type BenchResult } from './report';

const CONNECTIONS = 50;
const PAIRS = 5;
const WARM_UP_SECONDS = 3;
const GOAL = 0.5;

/** PUBACK after the flush to disk, the whole program behind it, beside a bare aedes that only acknowledges. */
export async function benchPuback({ seconds, say }: BenchOptions): Promise<BenchResult> {
  const server = await startProgram();
  const bare = await startBareBroker(CONNECTIONS);
  try {
    const api = await ApiClient.login(server.http);
    const devices = await registerCity(api, { devices: CONNECTIONS, channels: CHANNELS });
    await makeRules(api);
    const load = await Load.open(mqttPort(server), devices);
    const each = Math.max(2, seconds / 10);
    const ours: Pressed[] = [];
    const theirs: Pressed[] = [];
    await bare.load.press(WARM_UP_SECONDS);
    await load.press(WARM_UP_SECONDS);
    for (let pair = 1; pair <= PAIRS; pair++) {
      await caughtUp(api);
      const b = await press(bare.load, bare.pid, each);
      const a = await press(load, server.pid, each);
      theirs.push(b);
      ours.push(a);
      const cpu = `CPU ${round(a.cpuUs, 1)} and ${round(b.cpuUs, 1)} µs a message`;
      say(
        `puback ${pair}/${PAIRS}: ${round(a.rate)}/s beside ${round(b.rate)}/s, ${round(a.rate / b.rate, 2)}; ${cpu}`,
      );
    }
    await load.stop();
    return result(ours, theirs);
  } finally {
    await bare.stop();
    await server.stop();
  }
}

interface Pressed {
  /** Messages acknowledged in a second. */
  readonly rate: number;
  /** CPU time of the broker's process for each, all threads. Steadier than the rate on a machine that is busy. */
  readonly cpuUs: number;
}

async function press(load: Load, pid: number, seconds: number): Promise<Pressed> {
  const before = cpuMsOf(pid);
  const run = await load.press(seconds);
  return { rate: perSecond(run), cpuUs: ((cpuMsOf(pid) - before) * 1_000) / run.acked };
}

function result(ours: readonly Pressed[], theirs: readonly Pressed[]): BenchResult {
  const ratio = median(ours.map(({ rate }, i) => rate / theirs[i]!.rate));
  const [a, b] = [ours, theirs].map(runs => round(median(runs.map(({ rate }) => rate))));
  const cpuUs = (runs: readonly Pressed[]): number => round(median(runs.map(run => run.cpuUs)), 1);
  return {
    name: 'puback',
    headline: `${round(ratio, 2)} of a bare aedes (${a} of ${b} messages/s)`,
    goal: `>= ${GOAL}`,
    met: ratio >= GOAL,
    figures: {
      ratio: round(ratio, 3),
      ours: ours.map(({ rate }) => round(rate)),
      bare: theirs.map(({ rate }) => round(rate)),
      cpuUsOurs: cpuUs(ours),
      cpuUsBare: cpuUs(theirs),
    },
  };
}
