import { ApiClient } from '../support/api-client';
import { mqttPort, startProgram } from './server';
import { startBareBroker } from './bare-broker';
import { caughtUp, makeRules, registerCity } from './city';
import { Load, perSecond } from './load';
import { CHANNELS } from './mqtt-bytes';
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
    const ours: number[] = [];
    const theirs: number[] = [];
    await bare.load.press(WARM_UP_SECONDS);
    await load.press(WARM_UP_SECONDS);
    for (let pair = 1; pair <= PAIRS; pair++) {
      await caughtUp(api);
      theirs.push(perSecond(await bare.load.press(each)));
      const run = await load.press(each);
      ours.push(perSecond(run));
      const [a, b] = [ours.at(-1)!, theirs.at(-1)!];
      say(`puback ${pair}/${PAIRS}: ${round(a)}/s beside ${round(b)}/s, ${round(a / b, 2)}; load process ${round((100 * run.cpuMs) / run.ms)} % busy`);
    }
    await load.stop();
    const ratio = median(ours.map((rate, i) => rate / theirs[i]!));
    return {
      name: 'puback',
      headline: `${round(ratio, 2)} of a bare aedes (${round(median(ours))} of ${round(median(theirs))} messages/s)`,
      goal: `>= ${GOAL}`,
      met: ratio >= GOAL,
      figures: { ratio: round(ratio, 3), ours: ours.map(r => round(r)), bare: theirs.map(r => round(r)) },
    };
  } finally {
    await bare.stop();
    await server.stop();
  }
}
