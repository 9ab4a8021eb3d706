import { LoadLink } from './load-link';
import type { LoadOrder, LoadReply, LoadRun } from './load-messages';

/* The load generator: a process of its own, driven over IPC. */

const STEP_MS = 4;
const OPEN_AT_ONCE = 50;
const DRAIN_MS_MAX = 60_000;

const links: LoadLink[] = [];
let onAcked: (link: LoadLink, count: number) => void = () => undefined;

const say = (reply: LoadReply): void => void process.send?.(reply);
const fail = (error: unknown): never => {
  process.stderr.write(`load: ${error instanceof Error ? error.stack : String(error)}\n`);
  say({ kind: 'failed', reason: String(error) });
  process.exit(1);
};

async function open(order: LoadOrder & { kind: 'open' }): Promise<void> {
  for (const link of links.splice(0)) link.close();
  for (let i = 0; i < order.devices.length; i += OPEN_AT_ONCE) {
    const some = order.devices.slice(i, i + OPEN_AT_ONCE).map(device =>
      LoadLink.open(
        order.port,
        device,
        { ...order, topic: device.topic },
        {
          acked: (link, count) => onAcked(link, count),
          lost: fail,
        },
      ),
    );
    links.push(...(await Promise.all(some)));
  }
}

const sum = (of: (link: LoadLink) => number): number => links.reduce((total, link) => total + of(link), 0);
const sentAll = (): number => sum(link => link.sent);
const ackedAll = (): number => sum(link => link.acked);
const wait = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms));

async function drained(): Promise<void> {
  const until = performance.now() + DRAIN_MS_MAX;
  while (ackedAll() < sentAll()) {
    if (performance.now() > until) throw new Error(`${sentAll() - ackedAll()} messages are not acknowledged`);
    await wait(5);
  }
}

async function press({ seconds, window }: LoadOrder & { kind: 'press' }): Promise<LoadRun> {
  const ackedBefore = ackedAll();
  const cpu = process.cpuUsage();
  const since = performance.now();
  onAcked = (link, count) => link.send(count);
  for (const link of links) link.send(window);
  await wait(seconds * 1_000);
  onAcked = () => undefined;
  const ms = performance.now() - since;
  const ackedWithin = ackedAll() - ackedBefore;
  const { user, system } = process.cpuUsage(cpu);
  await drained();
  return { acked: ackedAll() - ackedBefore, ackedWithin, ms, behindMost: 0, cpuMs: (user + system) / 1_000 };
}

async function steady({ seconds, perSecond, window }: LoadOrder & { kind: 'steady' }): Promise<LoadRun> {
  const ackedBefore = ackedAll();
  const sentBefore = sentAll();
  const cpu = process.cpuUsage();
  const since = performance.now();
  let behindMost = 0;
  let sent = 0;
  let turn = 0;
  while (performance.now() - since < seconds * 1_000) {
    let due = Math.floor(((performance.now() - since) * perSecond) / 1_000) - sent;
    // Each link in turn gets an even share, so that a device's messages come one by one rather than in heaps.
    const share = Math.max(1, Math.ceil(due / links.length));
    for (let full = 0; due > 0 && full < links.length; turn++) {
      const link = links[turn % links.length]!;
      const count = Math.min(due, share, window - link.inFlight);
      if (count > 0) {
        link.send(count);
        sent += count;
        due -= count;
      } else full++;
    }
    behindMost = Math.max(behindMost, due);
    await wait(STEP_MS);
  }
  const ms = performance.now() - since;
  const ackedWithin = ackedAll() - ackedBefore;
  const { user, system } = process.cpuUsage(cpu);
  await drained();
  return { acked: sentAll() - sentBefore, ackedWithin, ms, behindMost, cpuMs: (user + system) / 1_000 };
}

async function obey(order: LoadOrder): Promise<void> {
  if (order.kind === 'open') {
    await open(order);
    return say({ kind: 'opened' });
  }
  say({ kind: 'ran', run: order.kind === 'press' ? await press(order) : await steady(order) });
}

process.on('message', order => void obey(order as LoadOrder).catch(fail));
// The benchmark has gone, however it went.
process.on('disconnect', () => process.exit(0));
say({ kind: 'ready' });
