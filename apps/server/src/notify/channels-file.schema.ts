import { isIP } from 'node:net';
import { ID_PATTERN } from '@anmai/kernel';
import { z } from 'zod';

export const CHANNELS_MAX = 50;

const name = z.string().regex(ID_PATTERN, 'a name has 1 to 64 of a-z, 0-9, dot, underscore and hyphen');
const text = z.string().min(1).max(1_000);
const ref = z.string().regex(/^[A-Z][A-Z0-9_]{0,63}$/, 'the name of a secret: capital letters, digits and _');
const range = z.string().refine(cidr => {
  const [net = '', bits = '', ...rest] = cidr.split('/');
  const family = isIP(net);
  const most = family === 6 ? 128 : 32;
  return family !== 0 && rest.length === 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= most;
}, 'a range of addresses such as 10.20.0.0/16');
/** Ranges that are not public and may be reached all the same. */
const allow = z.array(range).max(50).default([]);

const email = z.strictObject({
  kind: z.literal('email'),
  name,
  host: text,
  port: z.int().min(1).max(65_535),
  security: z.enum(['tls', 'starttls', 'none']).default('starttls'),
  login: z.strictObject({ user: text, passwordRef: ref }).nullable().default(null),
  from: z.email('a mail address'),
  fromName: text.default('Anmai 安脉'),
});
const webhook = z.strictObject({
  kind: z.literal('webhook'),
  name,
  url: text,
  secretRef: ref,
  /** A domain name turned round; `type` of the events begins with it. */
  typePrefix: text.default('anmai'),
  allow,
});
const robot = z.strictObject({
  kind: z.literal('robot'),
  name,
  maker: z.enum(['wecom', 'dingtalk', 'feishu']),
  urlRef: ref,
  signingRef: ref.nullable().default(null),
  allow,
});
const sms = z.strictObject({
  kind: z.literal('sms'),
  name,
  gateway: z.strictObject({
    method: z.enum(['GET', 'POST']),
    url: text,
    headers: z.record(text, text).default({}),
    body: z
      .strictObject({ form: z.enum(['json', 'form']), template: z.string().max(10_000) })
      .nullable()
      .default(null),
    success: z
      .strictObject({ field: text, equals: z.array(z.union([z.string(), z.number(), z.boolean()])).min(1) })
      .nullable()
      .default(null),
    charsMax: z.int().min(20).max(1_000).default(134),
  }),
  allow,
});

export const channelSchema = z.discriminatedUnion('kind', [email, webhook, robot, sms]);
export type ChannelConfig = z.infer<typeof channelSchema>;

/** The file that ANMAI_NOTIFY_FILE names. Secrets may stand in it or come as ANMAI_NOTIFY_SECRET_<NAME>. */
export const channelsFileSchema = z.strictObject({
  secrets: z.record(ref, z.string().min(1)).default({}),
  retry: z
    .strictObject({
      attemptsMax: z.int().min(1).max(100).optional(),
      firstSeconds: z.number().min(0.01).max(3_600).optional(),
      /** What was on its way when a process died goes out again after so long. */
      leaseSeconds: z.number().min(5).max(3_600).optional(),
      mostSeconds: z.number().min(0.01).max(86_400).optional(),
    })
    .default({}),
  channels: z.array(channelSchema).max(CHANNELS_MAX).default([]),
});
