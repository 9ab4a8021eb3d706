import { setTimeout as wait } from 'node:timers/promises';
import { ApiClient } from '../support/api-client';
import type { ServerProcess } from '../support/server-process';
import { caughtUp, makeRules, registerCity } from './city';
import { Load } from './load';
import { memoryOf } from './process-figures';
import { quantile, round, type BenchOptions, type BenchResult } from './report';
import { mqttPort, startProgram } from './server';

const CHANNELS = Array.from({ length: 10 }, (_, i) => `c${i}`);
/** As many as the monitor remembers of each sensor: it has all that it will ever keep. */
const REPORTS = 12;
const PER_SECOND = 2_500;
/** Longer than the time between two snapshots. */
const WATCH_MS = 40_000;
const PROBE_EVERY_MS = 20;
const GOAL_BYTES = 1.5 * 1024 ** 3;
const MIB = 1024 ** 2;

/** 100,000 sensors on 10,000 connections (by default), two rules on each, all of them heard. */
export async function benchMemory({ devices: count, say }: BenchOptions): Promise<BenchResult> {
  let server = await startProgram();
  try {
    const began = performance.now();
    const api = await ApiClient.login(server.http);
    await makeRules(api);
    const devices = await registerCity(api, {
      devices: count,
      channels: CHANNELS,
      expectedEverySeconds: 600,
    });
    const registerMs = performance.now() - began;
    const registered = memoryOf(server.pid);
    say(
      `memory: ${count * CHANNELS.length} sensors registered in ${round(registerMs / 1_000)} s, ${mib(registered.nowBytes)} MiB`,
    );
    const load = await Load.open(mqttPort(server), devices, { channels: CHANNELS });
    const run = await load.steady((count * REPORTS) / PER_SECOND, PER_SECOND);
    await caughtUp(api);
    say(
      `memory: ${run.acked * CHANNELS.length} readings, ${mib(memoryOf(server.pid).nowBytes)} MiB; watching a snapshot`,
    );
    const stallsMs = await probe(server);
    const memory = memoryOf(server.pid);
    const heap = await heapOf(server, api);
    await load.stop();
    await server.stop();
    const since = performance.now();
    server = await startProgram({}, server.dataDir);
    const startMs = performance.now() - since;
    const restarted = memoryOf(server.pid);
    return {
      name: 'memory',
      headline: `${mib(memory.nowBytes)} MiB resident (most ${mib(memory.mostBytes)}) with ${count * CHANNELS.length} sensors; longest stall ${round(Math.max(...stallsMs))} ms; start with that state ${round(startMs / 1_000, 1)} s`,
      goal: `most < ${mib(GOAL_BYTES)} MiB`,
      met: memory.mostBytes < GOAL_BYTES,
      figures: {
        residentMib: mib(memory.nowBytes),
        residentMostMib: mib(memory.mostBytes),
        ofMappedFilesMib: mib(memory.fileBytes),
        ...heap,
        afterRegistrationMib: mib(registered.nowBytes),
        afterRestartMib: mib(restarted.nowBytes),
        registerSeconds: round(registerMs / 1_000, 1),
        stallMsMost: round(Math.max(...stallsMs)),
        stallMsP99: round(quantile(stallsMs, 0.99)),
        startSeconds: round(startMs / 1_000, 1),
      },
    };
  } finally {
    await server.stop();
  }
}

const mib = (bytes: number): number => round(bytes / MIB);

/** What the program itself says of its memory. */
async function heapOf(server: ServerProcess, api: ApiClient): Promise<Record<string, number>> {
  const headers = { authorization: `Bearer ${api.token}` };
  const text = await (await fetch(`${server.http}/metrics`, { headers })).text();
  const of = (name: string): number =>
    mib(Number(new RegExp(`^anmai_nodejs_${name} (\\S+)`, 'm').exec(text)?.[1]));
  return {
    heapUsedMib: of('heap_size_used_bytes'),
    heapTotalMib: of('heap_size_total_bytes'),
    externalMib: of('external_memory_bytes'),
  };
}

/** How long the program takes to say that it lives, again and again, while it saves its state. */
async function probe(server: ServerProcess): Promise<number[]> {
  const stallsMs: number[] = [];
  const until = performance.now() + WATCH_MS;
  while (performance.now() < until) {
    const since = performance.now();
    await (await fetch(`${server.http}/health/live`)).arrayBuffer();
    stallsMs.push(performance.now() - since);
    await wait(PROBE_EVERY_MS);
  }
  return stallsMs;
}
