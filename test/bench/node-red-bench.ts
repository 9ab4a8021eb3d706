import { setTimeout as wait } from 'node:timers/promises';
import { startInfluxd, type Influxd } from '@anmai/testing';
import { countPoints } from './influx-count';
import { anyDevices, Load } from './load';
import { CHANNELS } from './mqtt-bytes';
import { installNodeRed } from './node-red-install';
import { startMosquitto, startNodeRed, type Service } from './node-red';
import { pathRate } from './path';
import { cpuMsOf } from './process-figures';
import { round, type BenchOptions, type BenchResult } from './report';
import { highestSteady, LAG_MS_MAX, type Attempt } from './steady';

const CONNECTIONS = 50;
const DATABASE = 'bench';
const FIRST_PER_SECOND = 4_000;
const GOAL = 2;
/** Points that never come are lost. */
const ARRIVE_MS_MAX = 60_000;

/** The same flow in Node-RED: the highest steady rate at which every point arrives in InfluxDB. */
export async function benchNodeRed(options: BenchOptions): Promise<BenchResult> {
  const { seconds, say } = options;
  const install = installNodeRed(say);
  const ours = await pathRate(options);
  const influxd = await startInfluxd();
  const mosquitto = await startMosquitto();
  let nodeRed: Service | null = null;
  try {
    await createDatabase(influxd);
    const targets = { mqttPort: mosquitto.port, influxPort: influxd.port, database: DATABASE };
    nodeRed = await startNodeRed(install, targets);
    const { pid, output } = nodeRed;
    const load = await Load.open(mosquitto.port, anyDevices(CONNECTIONS));
    const counter = new Arrivals(influxd);
    await counter.firstPoint(load, output);
    const cpuBefore = cpuMsOf(pid);
    const attempt = (rate: number, forSeconds: number): Promise<Attempt> =>
      counter.tryRate(load, rate, forSeconds);
    say('nodered: looking for the highest steady rate');
    const theirs = await highestSteady(attempt, { first: FIRST_PER_SECOND, high: ours }, seconds, say);
    await load.stop();
    const ratio = theirs.perSecond === 0 ? NaN : ours / theirs.perSecond;
    return {
      name: 'nodered',
      headline: `${round(ratio, 1)} x Node-RED ${install.version} (${ours} and ${theirs.perSecond} messages/s)`,
      goal: `>= ${GOAL}`,
      met: ratio >= GOAL,
      figures: {
        ratio: round(ratio, 2),
        perSecondOurs: ours,
        perSecondNodeRed: theirs.perSecond,
        points: counter.points,
        pointsExpected: counter.expected,
        cpuUsNodeRed: round(((cpuMsOf(pid) - cpuBefore) * 1_000) / theirs.acked, 1),
      },
    };
  } finally {
    await nodeRed?.stop();
    await mosquitto.stop();
    await influxd.stop();
  }
}

async function createDatabase(influxd: Influxd): Promise<void> {
  const q = `CREATE DATABASE "${DATABASE}"`;
  await fetch(`${influxd.url}/query`, { method: 'POST', body: new URLSearchParams({ q }) });
}

/** How many points have to be in InfluxDB, and how many are. */
class Arrivals {
  expected = 0;
  points = 0;

  constructor(private readonly influxd: Influxd) {}

  /** Node-RED listens before it has subscribed: what is sent until its first point does not count. */
  async firstPoint(load: Load, output: () => string): Promise<void> {
    const until = performance.now() + ARRIVE_MS_MAX;
    while ((await this.count()) === 0) {
      if (performance.now() > until) throw new Error(`Node-RED wrote nothing:\n${output()}`);
      await load.steady(0.2, 250);
      await wait(500);
    }
    await this.settled();
    this.expected = this.points;
  }

  async tryRate(load: Load, rate: number, seconds: number): Promise<Attempt> {
    const run = await load.steady(seconds, rate);
    const since = performance.now();
    this.expected += run.acked * CHANNELS.length;
    await this.settled();
    // A rate at which points are lost is not kept.
    const lagMs = this.points === this.expected ? performance.now() - since : LAG_MS_MAX + ARRIVE_MS_MAX;
    this.expected = this.points;
    return { run, lagMs };
  }

  /** Until all have arrived, or nothing more comes. */
  private async settled(): Promise<void> {
    const until = performance.now() + ARRIVE_MS_MAX;
    let still = 0;
    while (still < STILL_LOOKS && performance.now() < until) {
      const points = await this.count();
      still = points === this.points ? still + 1 : 0;
      this.points = points;
      if (points === this.expected) return;
      await wait(LOOK_MS);
    }
  }

  private count(): Promise<number> {
    return countPoints(this.influxd.url, DATABASE, '"reading"', 'value');
  }
}

const LOOK_MS = 200;
/** So many looks without a new point: nothing more comes. */
const STILL_LOOKS = 15;
