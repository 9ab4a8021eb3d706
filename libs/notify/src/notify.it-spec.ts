import type { AddressInfo } from 'node:net';
import { FakeClock } from '@anmai/testing';
import { SMTPServer } from 'smtp-server';
import { EmailChannel } from './channels/email-channel';
import { RobotChannel } from './channels/robot-channel';
import { WebhookChannel } from './channels/webhook-channel';
import type { DeliveryOptions } from './dispatch/deliver';
import { Dispatcher, LANE_LIMITS, ROBOT_LIMITS } from './dispatch/dispatcher';
import type { DispatchEvent } from './dispatch/events';
import { SYSTEM_TIMERS } from './dispatch/timers';
import { NoticeDesk } from './plan/notice-desk';
import type { Directory } from './plan/route';
import { AT, CHINA_MS, noticeOf, recipientOf } from './testing/builders';
import { replies, startHttpTarget, type HttpTarget } from './testing/http-target';
import { MemoryOutbox } from './testing/memory-outbox';

/* From the change of an alarm to a mail server, a robot and an endpoint, all real and on the loopback interface. */

const SECRETS: Readonly<Record<string, string>> = { hook: 'hook-0123456789', smtp: 'smtp-0123456789' };
let smtp: SMTPServer;
let mails: string[];
let robot: HttpTarget;
let hook: HttpTarget;
let events: DispatchEvent[];
let outbox: MemoryOutbox;
let clock: FakeClock;
let wakeTest: () => void;

beforeEach(async () => {
  [mails, events, outbox, clock] = [[], [], new MemoryOutbox(), new FakeClock(AT)];
  wakeTest = () => undefined;
  smtp = new SMTPServer({
    logger: false,
    authOptional: true,
    onData: (stream, _session, callback) => {
      let raw = '';
      stream.on('data', (chunk: Buffer) => void (raw += chunk.toString('utf8')));
      stream.on('end', () => {
        mails.push(raw);
        callback();
      });
    },
  });
  await new Promise<void>(resolve => void smtp.listen(0, '127.0.0.1', resolve));
  [robot, hook] = [await startHttpTarget(), await startHttpTarget()];
  robot.answer = replies(200, { code: 0 });
});
afterEach(async () => {
  await Promise.all([robot.close(), hook.close(), new Promise<void>(resolve => smtp.close(() => resolve()))]);
});

const secrets = (ref: string): string | undefined =>
  ref === 'robot' ? `${robot.base}/hook/key-0123456789` : SECRETS[ref];
const rule = { allow: ['127.0.0.0/8'] };

function dispatcher(on: DeliveryOptions['outbox'] = outbox): Dispatcher {
  const email = new EmailChannel({
    name: 'email',
    host: '127.0.0.1',
    port: (smtp.server.address() as AddressInfo).port,
    security: 'none',
    login: null,
    from: 'alarm@anmai.example.cn',
    fromName: '安脉',
    secrets,
    timeoutMs: 2_000,
    ca: null,
  });
  const group = new RobotChannel({
    name: 'feishu.duty',
    maker: 'feishu',
    urlRef: 'robot',
    signingRef: null,
    secrets,
    rule,
  });
  const city = new WebhookChannel({
    name: 'webhook.city',
    url: `${hook.base}/events`,
    secretRef: 'hook',
    secrets,
    events: { source: 'https://anmai.example.cn', typePrefix: 'cn.example.anmai' },
    rule,
  });
  const channels = [
    { channel: email, limits: LANE_LIMITS },
    { channel: group, limits: ROBOT_LIMITS },
    { channel: city, limits: LANE_LIMITS },
  ];
  return new Dispatcher(channels, {
    outbox: on,
    clock,
    random: () => 0.5,
    timers: SYSTEM_TIMERS,
    style: { utcOffsetMs: CHINA_MS, linkBase: 'https://anmai.example.cn' },
    leaseMs: 60_000,
    sendTimeoutMs: 20_000,
    onEvent: event => {
      events.push(event);
      wakeTest();
    },
  });
}

/** Resolves with the event that makes them so many. */
const eventCount = (count: number): Promise<void> =>
  new Promise(resolve => {
    wakeTest = () => {
      if (events.length >= count) resolve();
    };
    wakeTest();
  });

const CHANNELS = ['email', 'feishu.duty', 'webhook.city'];
const directory: Directory = {
  recipients: new Map([
    [
      'duty',
      recipientOf('duty', {
        contacts: CHANNELS.map(channel => ({ channel, address: 'duty@example.cn', from: 'blue' as const })),
      }),
    ],
  ]),
  rotas: new Map(),
  routes: [
    {
      id: 'all',
      orgId: 'city',
      groups: [],
      from: 'blue',
      tiers: [{ afterMs: 0, audiences: [{ kind: 'recipient', recipientId: 'duty' }] }],
    },
  ],
  fallbackRecipientId: null,
  utcOffsetMs: CHINA_MS,
};

it('tells of start and end on every channel, once', async () => {
  const desk = new NoticeDesk({ outbox, clock });
  const running = dispatcher();
  running.start();
  expect((await desk.take(noticeOf(), directory)).added).toBe(3);
  running.wake();
  await eventCount(3);
  expect((await desk.take(noticeOf({ changeId: 'chg-2', kind: 'end' }), directory)).added).toBe(3);
  running.wake();
  await eventCount(6);
  await running.stop();
  expect(events.map(event => event.kind)).toEqual(Array<string>(6).fill('sent'));
  expect(mails).toHaveLength(2);
  const texts = robot.seen.map(
    request => (JSON.parse(request.body) as { content: { text: string } }).content.text,
  );
  expect(texts.map(text => text.split('\n')[0])).toEqual(['【橙色报警】', '【报警解除,原橙色】']);
  const types = hook.seen.map(request => (JSON.parse(request.body) as { type: string }).type);
  expect(types).toEqual(['cn.example.anmai.alarm.start', 'cn.example.anmai.alarm.end']);
});

it('one that dies between sending and noting sends again under the same id, where receivers can tell', async () => {
  await new NoticeDesk({ outbox, clock }).take(noticeOf(), directory);
  const dead = new Proxy(outbox, {
    get: (target, name: keyof MemoryOutbox) => {
      const value: unknown = target[name];
      // The note of what was sent is lost with the process.
      if (name === 'settle') return () => Promise.resolve(true);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
  const first = dispatcher(dead);
  first.start();
  await eventCount(3);
  await first.stop();
  clock.advance(60_000);
  const second = dispatcher();
  second.start();
  await eventCount(6);
  await second.stop();
  const ids = hook.seen.map(request => (JSON.parse(request.body) as { id: string }).id);
  expect(ids).toHaveLength(2);
  expect(new Set(ids).size).toBe(1);
  const messageIds = mails.map(mail => /^message-id: (.*)$/im.exec(mail)?.[1]);
  expect(messageIds).toHaveLength(2);
  expect(new Set(messageIds).size).toBe(1);
  expect(JSON.stringify(events)).not.toMatch(/key-0123456789|hook-0123456789/);
});
