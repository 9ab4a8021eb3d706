import { setTimeout as wait } from 'node:timers/promises';
import type { AlarmShape } from '@anmai/wire';
import { ApiClient } from '../support/api-client';
import { connectDevice, send } from '../support/device';
import { makeRules, registerCity } from './city';
import { Load } from './load';
import { CHANNELS } from './mqtt-bytes';
import { quantile, round, type BenchOptions, type BenchResult } from './report';
import { mqttPort, startProgram } from './server';

const BACKGROUND_PER_SECOND = 5_000;
const CONNECTIONS = 50;
const ALARM_DEVICES = 20;
const ALARMS = 400;
const EVERY_MS = 40;
const WARM_UP_SECONDS = 5;
const ARRIVE_MS_MAX = 10_000;
const GOAL_MS = 100;

/** From the write of the PUBLISH to the alarm on the live stream, under a steady load of other messages. */
export async function benchLatency({ say }: BenchOptions): Promise<BenchResult> {
  const server = await startProgram();
  try {
    const api = await ApiClient.login(server.http);
    const crowd = await registerCity(api, { devices: CONNECTIONS, channels: CHANNELS });
    const alarming = await registerCity(api, { devices: ALARM_DEVICES, channels: ['a'], prefix: 'alarm' });
    await makeRules(api);
    const load = await Load.open(mqttPort(server), crowd);
    const seconds = WARM_UP_SECONDS + (ALARMS * EVERY_MS) / 1_000 + 5;
    const background = load.steady(seconds, BACKGROUND_PER_SECOND);
    const clients = await Promise.all(
      alarming.map(({ clientId, username, password }) =>
        connectDevice(server.mqtt, { deviceId: clientId, username, password }),
      ),
    );
    const probe = new AlarmProbe();
    await probe.follow(api);
    await wait(WARM_UP_SECONDS * 1_000);
    say(`latency: ${ALARMS} alarms while ${BACKGROUND_PER_SECOND} messages/s come in`);
    for (let i = 0; i < ALARMS; i++) {
      const deviceId = alarming[i % ALARM_DEVICES]!.clientId;
      const client = clients[i % ALARM_DEVICES]!;
      const at = Date.now();
      probe.sent(`${deviceId}.a`, at);
      void send(client, deviceId, at, { a: 30 });
      // Half-way to the next alarm of this device; on one connection nothing overtakes.
      setTimeout(() => void send(client, deviceId, at + 1, { a: 5 }), (EVERY_MS * ALARM_DEVICES) / 2);
      await wait(EVERY_MS);
    }
    const until = performance.now() + ARRIVE_MS_MAX;
    while (probe.latenciesMs.length < ALARMS && performance.now() < until) await wait(50);
    const run = await background;
    probe.stop();
    await Promise.all(clients.map(client => client.endAsync(true)));
    await load.stop();
    return result(probe.latenciesMs, run.ackedWithin / run.ms);
  } finally {
    await server.stop();
  }
}

function result(latenciesMs: readonly number[], ackedPerMs: number): BenchResult {
  const [p50, p99, max] = [0.5, 0.99, 1].map(q => round(quantile(latenciesMs, q), 1));
  return {
    name: 'latency',
    headline: `p50 ${p50} ms, p99 ${p99} ms, max ${max} ms over ${latenciesMs.length} alarms at ${round(ackedPerMs * 1_000)} messages/s`,
    goal: `p99 < ${GOAL_MS} ms, all seen`,
    met: p99! < GOAL_MS && latenciesMs.length === ALARMS,
    figures: { p50Ms: p50!, p99Ms: p99!, maxMs: max!, alarms: latenciesMs.length, alarmsSent: ALARMS },
  };
}

/** Follows /live and notes how long each alarm took from its message. */
class AlarmProbe {
  readonly latenciesMs: number[] = [];
  private readonly sentAt = new Map<string, number>();
  private readonly abort = new AbortController();

  sent(sensorId: string, at: number): void {
    this.sentAt.set(`${sensorId} ${new Date(at).toISOString()}`, performance.now());
  }

  stop(): void {
    this.abort.abort();
  }

  /** Resolves when the stream is open. */
  async follow(api: ApiClient): Promise<void> {
    const response = await fetch(`${api.base}/api/v1/live`, {
      headers: { authorization: `Bearer ${api.token}` },
      signal: this.abort.signal,
    });
    if (!response.ok || response.body === null) throw new Error(`/live: ${response.status}`);
    void this.read(response.body).catch(() => undefined);
  }

  private async read(body: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    let rest = '';
    for await (const piece of body) {
      const frames = (rest + decoder.decode(piece, { stream: true })).split('\n\n');
      rest = frames.pop() ?? '';
      const now = performance.now();
      for (const frame of frames) if (frame.startsWith('event: alarm')) this.take(frame, now);
    }
  }

  private take(frame: string, now: number): void {
    const data = frame.split('\n').find(line => line.startsWith('data: '));
    const { sensorId, onsetAt } = JSON.parse(data?.slice(6) ?? '{}') as AlarmShape;
    const key = `${sensorId} ${onsetAt}`;
    const sentAt = this.sentAt.get(key);
    if (sentAt === undefined) return;
    // The first event of an alarm counts; that of its clearing comes later.
    this.sentAt.delete(key);
    this.latenciesMs.push(now - sentAt);
  }
}
