import type { AddressRule } from './address-rule';
import { refused, SENT, type Channel, type OutgoingMessage, type SendResult } from './channel.port';
import { httpAddress } from './http-address';
import { callHttp, HTTP_LIMITS, verdictOf, type HttpAnswer, type HttpLimits } from './http-call';
import { MENTIONS_ALL, ROBOT_DIALECTS, type RobotDialect, type RobotMaker } from './robots';
import { ChannelSecrets, type SecretSource } from './secrets';

export interface RobotOptions {
  readonly name: string;
  readonly maker: RobotMaker;
  /** Name of the secret that is the robot's whole address: it holds the key. */
  readonly urlRef: string;
  /** Name of the signing secret (加签, 签名校验); null: the robot is set to ask for none. WeCom has none. */
  readonly signingRef: string | null;
  readonly secrets: SecretSource;
  readonly rule: AddressRule;
  readonly limits?: HttpLimits;
}

/** Writes into one group of WeCom (企业微信), DingTalk (钉钉) or Feishu (飞书) through its robot. */
export class RobotChannel implements Channel {
  readonly name: string;
  readonly #dialect: RobotDialect;
  readonly #secrets: ChannelSecrets;

  constructor(private readonly options: RobotOptions) {
    this.name = options.name;
    this.#dialect = ROBOT_DIALECTS[options.maker];
    this.#secrets = new ChannelSecrets(options.name, options.secrets, [options.urlRef, options.signingRef]);
    httpAddress(this.#secrets.reveal(options.urlRef), options.name);
  }

  async send(message: OutgoingMessage, signal: AbortSignal): Promise<SendResult> {
    const { name, urlRef, signingRef, rule, limits = HTTP_LIMITS } = this.options;
    const request = this.#dialect.request({
      url: httpAddress(this.#secrets.reveal(urlRef), name),
      signingSecret: signingRef === null ? null : this.#secrets.reveal(signingRef),
      message,
      mentionAll: MENTIONS_ALL.has(message.severity),
    });
    const headers = { 'content-type': 'application/json; charset=utf-8' };
    return this.#verdict(await callHttp({ ...request, method: 'POST', headers, rule, limits, signal }));
  }

  async close(): Promise<void> {
    // Nothing is kept open between messages.
  }

  /** These robots answer 200 to everything; what happened is in the body. */
  #verdict(answer: HttpAnswer): SendResult {
    const byStatus = verdictOf(answer);
    const body = answer.kind === 'answer' ? objectOf(answer.body) : null;
    const code = body === null ? null : this.#dialect.codeOf(body);
    if (body === null || code === null)
      return byStatus.ok ? refused('the answer is none of the robot service', true) : byStatus;
    if (code === 0) return byStatus.ok ? SENT : byStatus;
    const said = body[this.#dialect.messageField];
    const words = typeof said === 'string' ? `: ${this.#secrets.clean(said)}` : '';
    const reason = `refused with code ${code}${words}`;
    const silenceMs = this.#dialect.tooFast.get(code) ?? null;
    return refused(reason, !this.#dialect.final.has(code), silenceMs);
  }
}

function objectOf(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
