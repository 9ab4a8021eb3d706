import type { Severity } from '@anmai/catalog';
import type { OutgoingMessage } from './channel.port';
import { fitBytes } from './fit-bytes';
import { dingTalkSign, feishuSign } from './signatures';

export interface RobotRequest {
  readonly url: URL;
  readonly body: string;
}

export interface RobotAsk {
  /** With its key, as the group's settings show it. */
  readonly url: URL;
  /** Null: the robot does not ask for a signature. */
  readonly signingSecret: string | null;
  readonly message: OutgoingMessage;
  /** Calls everybody in the group. */
  readonly mentionAll: boolean;
}

/** How one maker's group robots are spoken to. */
export interface RobotDialect {
  request(ask: RobotAsk): RobotRequest;
  /** The code in a 200 answer: 0 is success; null: there is none, so it is not the robot that answered. */
  codeOf(answer: Readonly<Record<string, unknown>>): number | null;
  /** Codes that time does not mend: the key, the signature, the form of the message. */
  readonly final: ReadonlySet<number>;
  /** Codes that mean too many messages, with how long to be silent. */
  readonly tooFast: ReadonlyMap<number, number>;
  readonly messageField: 'errmsg' | 'msg';
}

/** `<@id>` and `<at …>` call people in a group: a name typed into the registry must not. */
const harmless = (text: string): string => text.replaceAll('<', '\uff1c').replaceAll('>', '\uff1e');

const tailOf = (message: OutgoingMessage): string =>
  [message.language === 'zh' ? '……更多内容请在平台查看' : '… more on the page', message.text.link ?? '']
    .join(' ')
    .trim();

const contentOf = (message: OutgoingMessage, bytesMax: number): string =>
  fitBytes(harmless(message.text.body), bytesMax, tailOf(message));

const numberIn = (answer: Readonly<Record<string, unknown>>, field: string): number | null => {
  const value = answer[field];
  return typeof value === 'number' ? value : null;
};

/** WeCom group robot (developer.work.weixin.qq.com, path 91770): text up to 2,048 bytes, 20 messages a minute. */
export const WECOM: RobotDialect = {
  request: ({ url, message, mentionAll }) => ({
    url,
    body: JSON.stringify({
      msgtype: 'text',
      text: { content: contentOf(message, 2_048), ...(mentionAll ? { mentioned_list: ['@all'] } : {}) },
    }),
  }),
  codeOf: answer => numberIn(answer, 'errcode'),
  // 93000 wrong key or robot gone, 40058 and 40008 wrong form.
  final: new Set([93000, 40058, 40008]),
  tooFast: new Map([[45009, 60_000]]),
  messageField: 'errmsg',
};

/** DingTalk custom robot: signature in the address (milliseconds), 20 messages a minute, then silence for ten. */
export const DINGTALK: RobotDialect = {
  request: ({ url, signingSecret, message, mentionAll }) => {
    const signed = new URL(url);
    if (signingSecret !== null) {
      signed.searchParams.set('timestamp', String(message.at));
      signed.searchParams.set('sign', dingTalkSign(signingSecret, message.at));
    }
    const content = contentOf(message, 15_000);
    return {
      url: signed,
      body: JSON.stringify({ msgtype: 'text', text: { content }, at: { isAtAll: mentionAll } }),
    };
  },
  codeOf: answer => numberIn(answer, 'errcode'),
  // 300001 wrong token, 310000 key word, signature or sender's address not accepted, 400013 group dissolved, 400101 and
  // 400102 robot gone or stopped, 400105 and 400106 wrong form.
  final: new Set([300001, 310000, 400013, 400101, 400102, 400105, 400106]),
  tooFast: new Map([
    [130101, 600_000],
    [660026, 600_000],
  ]),
  messageField: 'errmsg',
};

/** Feishu custom robot: signature in the body (seconds), 20 KB, 5 messages a second and 100 a minute. */
export const FEISHU: RobotDialect = {
  request: ({ url, signingSecret, message, mentionAll }) => {
    const seconds = Math.floor(message.at / 1_000);
    const everyone = mentionAll ? '<at user_id="all">所有人</at>\n' : '';
    return {
      url,
      body: JSON.stringify({
        ...(signingSecret === null
          ? {}
          : { timestamp: String(seconds), sign: feishuSign(signingSecret, seconds) }),
        msg_type: 'text',
        content: { text: `${everyone}${contentOf(message, 15_000)}` },
      }),
    };
  },
  // Older robots answer with StatusCode alone.
  codeOf: answer => numberIn(answer, 'code') ?? numberIn(answer, 'StatusCode'),
  // 9499 wrong form, 19001 wrong key, 19021 signature or clock, 19022 address, 19024 key word.
  final: new Set([9499, 19001, 19021, 19022, 19024]),
  tooFast: new Map([[11232, 60_000]]),
  messageField: 'msg',
};

export const ROBOT_DIALECTS = { wecom: WECOM, dingtalk: DINGTALK, feishu: FEISHU } as const;
export type RobotMaker = keyof typeof ROBOT_DIALECTS;

/** Who else but red should wake a whole group? */
export const MENTIONS_ALL: ReadonlySet<Severity> = new Set(['red']);
