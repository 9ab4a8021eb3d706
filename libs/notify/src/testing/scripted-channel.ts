import { SENT, type Channel, type OutgoingMessage, type SendResult } from '../channels/channel.port';

/** A channel that notes what it is given and answers as told. */
export class ScriptedChannel implements Channel {
  readonly seen: OutgoingMessage[] = [];
  isClosed = false;
  answer: (message: OutgoingMessage, signal: AbortSignal) => SendResult | Promise<SendResult> = () => SENT;

  constructor(readonly name: string) {}

  async send(message: OutgoingMessage, signal: AbortSignal): Promise<SendResult> {
    this.seen.push(message);
    return this.answer(message, signal);
  }

  async close(): Promise<void> {
    this.isClosed = true;
  }

  /** Ids of the changes, in order; those of a digest joined. */
  get changes(): string[] {
    return this.seen.map(message => message.notices.map(notice => notice.changeId).join('+'));
  }
}
