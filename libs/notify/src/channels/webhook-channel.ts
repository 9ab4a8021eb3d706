import type { AddressRule } from './address-rule';
import type { Channel, OutgoingMessage, SendResult } from './channel.port';
import { cloudEvent, type EventNames } from './cloud-event';
import { httpAddress } from './http-address';
import { callHttp, HTTP_LIMITS, verdictOf, type HttpLimits } from './http-call';
import { ChannelSecrets, type SecretSource } from './secrets';
import { SIGNATURE_HEADER, webhookSignature } from './signatures';

export interface WebhookOptions {
  readonly name: string;
  readonly url: string;
  /** Name of the secret that signs. */
  readonly secretRef: string;
  readonly secrets: SecretSource;
  readonly events: EventNames;
  readonly rule: AddressRule;
  readonly limits?: HttpLimits;
}

/** Posts each message as a signed CloudEvents 1.0 event to one endpoint. */
export class WebhookChannel implements Channel {
  readonly name: string;
  readonly #url: URL;
  readonly #secrets: ChannelSecrets;

  constructor(private readonly options: WebhookOptions) {
    this.name = options.name;
    this.#url = httpAddress(options.url, options.name);
    this.#secrets = new ChannelSecrets(options.name, options.secrets, [options.secretRef]);
  }

  async send(message: OutgoingMessage, signal: AbortSignal): Promise<SendResult> {
    const { events, rule, limits = HTTP_LIMITS, secretRef } = this.options;
    const body = cloudEvent(message, events);
    const headers = {
      'content-type': 'application/cloudevents+json; charset=utf-8',
      [SIGNATURE_HEADER]: webhookSignature(this.#secrets.reveal(secretRef), body, message.at),
    };
    return verdictOf(await callHttp({ url: this.#url, method: 'POST', headers, body, rule, limits, signal }));
  }

  async close(): Promise<void> {
    // Nothing is kept open between messages.
  }
}
