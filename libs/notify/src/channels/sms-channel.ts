import { AppError } from '@anmai/kernel';
import { NOTIFY_ERRORS } from '../errors';
import type { AddressRule } from './address-rule';
import { refused, SENT, type Channel, type OutgoingMessage, type SendResult } from './channel.port';
import { httpAddress } from './http-address';
import { callHttp, HTTP_LIMITS, verdictOf, type HttpLimits } from './http-call';
import { ChannelSecrets, type SecretSource } from './secrets';
import { fill, templateSecrets, type TemplateValues } from './template';

/** A gateway's own protocol, as templates with {{to}}, {{text}}, {{id}} and {{secret:NAME}}. */
export interface SmsGateway {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Null for GET. */
  readonly body: { readonly form: 'json' | 'form'; readonly template: string } | null;
  /** Where in a JSON answer success shows (names joined by dots), and what it then is; null: status 2xx is success. */
  readonly success: {
    readonly field: string;
    readonly equals: readonly (string | number | boolean)[];
  } | null;
  /** The text is cut to so many characters; gateways charge by the piece (67 Chinese characters). */
  readonly charsMax: number;
}

export interface SmsOptions {
  readonly name: string;
  readonly gateway: SmsGateway;
  readonly secrets: SecretSource;
  readonly rule: AddressRule;
  readonly limits?: HttpLimits;
}

const NUMBER = /^\+?[0-9][0-9 -]{3,20}$/;
const CONTENT_TYPES = {
  json: 'application/json; charset=utf-8',
  form: 'application/x-www-form-urlencoded',
} as const;

/** Text messages through any gateway that is spoken to by HTTP. */
export class SmsChannel implements Channel {
  readonly name: string;
  readonly #secrets: ChannelSecrets;

  constructor(private readonly options: SmsOptions) {
    const { name, gateway } = options;
    this.name = name;
    const templates = [gateway.url, ...Object.values(gateway.headers), gateway.body?.template ?? ''];
    const refs = templates.flatMap(template => templateSecrets(template, name));
    if (/^[^?#]*\/\/[^/?#]*\{\{/.test(gateway.url))
      throw new AppError(NOTIFY_ERRORS.badTemplate, { channel: name, fault: 'the host must be fixed' });
    this.#secrets = new ChannelSecrets(name, options.secrets, refs);
    httpAddress(fill(gateway.url, 'url', { to: '1', text: 'x', id: 'x', secret: () => 'x' }), name);
  }

  async send(message: OutgoingMessage, signal: AbortSignal): Promise<SendResult> {
    const { name, gateway, rule, limits = HTTP_LIMITS } = this.options;
    if (!NUMBER.test(message.address)) return refused('no telephone number', false);
    const values: TemplateValues = {
      to: message.address,
      text: textFor(message, gateway.charsMax),
      id: message.id,
      secret: ref => this.#secrets.reveal(ref),
    };
    const { body } = gateway;
    const headers = Object.entries(gateway.headers).map(([key, value]) => [
      key,
      fill(value, 'header', values),
    ]);
    const answer = await callHttp({
      url: httpAddress(fill(gateway.url, 'url', values), name),
      method: gateway.method,
      headers: {
        ...(body === null ? {} : { 'content-type': CONTENT_TYPES[body.form] }),
        ...(Object.fromEntries(headers) as Record<string, string>),
      },
      body: body === null ? null : fill(body.template, body.form, values),
      rule,
      limits,
      signal,
    });
    const byStatus = verdictOf(answer);
    if (!byStatus.ok || answer.kind !== 'answer') return byStatus;
    return this.#verdict(answer.body);
  }

  async close(): Promise<void> {
    // Nothing is kept open between messages.
  }

  /** Which refusals are final differs from gateway to gateway: they are tried again, and end among the dead letters. */
  #verdict(body: string): SendResult {
    const { success } = this.options.gateway;
    if (success === null) return SENT;
    const value = fieldOf(body, success.field);
    if (value !== undefined && success.equals.includes(value)) return SENT;
    return refused(
      `the gateway says ${success.field} = ${this.#secrets.clean(String(value ?? 'nothing'))}`,
      true,
    );
  }
}

/** The link is worth more than the end of the text: without it nobody gets to the alarm. */
function textFor(message: OutgoingMessage, charsMax: number): string {
  const link = message.text.link === null ? '' : ` ${message.text.link}`;
  const room = charsMax - link.length;
  const chars = Array.from(message.text.line);
  if (room <= 0) return chars.slice(0, charsMax).join('');
  return `${chars.length <= room ? message.text.line : `${chars.slice(0, room - 1).join('')}…`}${link}`;
}

function fieldOf(body: string, path: string): string | number | boolean | undefined {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return undefined;
  }
  for (const name of path.split('.'))
    value =
      typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
  return ['string', 'number', 'boolean'].includes(typeof value)
    ? (value as string | number | boolean)
    : undefined;
}
