import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Millis } from '@anmai/kernel';

export const SIGNATURE_HEADER = 'anmai-signature';

const hmac = (key: string, text: string): Buffer => createHmac('sha256', key).update(text, 'utf8').digest();

/** `t=<seconds>,v1=<hex>`: HMAC-SHA256 over the seconds, a dot and the body as sent. */
export function webhookSignature(secret: string, body: string, at: Millis): string {
  const seconds = Math.floor(at / 1_000);
  return `t=${seconds},v1=${hmac(secret, `${seconds}.${body}`).toString('hex')}`;
}

/** For receivers: is it ours, unchanged and not older (or newer) than `toleranceMs`? */
export function isWebhookSignature(
  secret: string,
  header: string,
  body: string,
  now: Millis,
  toleranceMs = 5 * 60_000,
): boolean {
  const match = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header);
  if (match?.[1] === undefined || match[2] === undefined) return false;
  const at = Number(match[1]) * 1_000;
  if (Math.abs(now - at) > toleranceMs) return false;
  return timingSafeEqual(Buffer.from(match[2], 'hex'), hmac(secret, `${match[1]}.${body}`));
}

/** DingTalk: the secret signs milliseconds, a line feed and itself; Base64, to be escaped for the address. */
export const dingTalkSign = (secret: string, at: Millis): string =>
  hmac(secret, `${at}\n${secret}`).toString('base64');

/** Feishu: seconds, a line feed and the secret are the key; what is signed is empty. */
export const feishuSign = (secret: string, atSeconds: number): string =>
  hmac(`${atSeconds}\n${secret}`, '').toString('base64');
