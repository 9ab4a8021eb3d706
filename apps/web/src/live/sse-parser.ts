export interface SseMessage {
  readonly event: string;
  /** Last `id:` seen so far on this stream; null before the first. */
  readonly id: string | null;
  readonly data: string;
}

/** An event that has no end would otherwise fill the memory of a page that stays open for months. */
export const EVENT_CHARS_MAX = 2_000_000;

/**
 * Incremental reader of `text/event-stream`. Text may be cut anywhere, also between CR and LF.
 * Comment lines (`: beat`) yield nothing; they count as life elsewhere, where the bytes arrive.
 */
export class SseParser {
  private rest = '';
  private event = '';
  private id: string | null = null;
  private data: string[] = [];
  private chars = 0;

  /** Messages that became complete with this text. Throws RangeError when one event passes the limit. */
  feed(text: string): SseMessage[] {
    const messages: SseMessage[] = [];
    const lines = (this.rest + text).split(/\r\n|\n|\r(?!$)/);
    this.rest = lines.pop() ?? '';
    for (const line of lines) {
      const message = this.line(line);
      if (message) messages.push(message);
    }
    if (this.chars + this.rest.length > EVENT_CHARS_MAX) throw new RangeError('an event without end');
    return messages;
  }

  private line(line: string): SseMessage | null {
    if (line === '') return this.dispatch();
    const colon = line.indexOf(':');
    if (colon === 0) return null;
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') this.event = value;
    if (field === 'id' && !value.includes('\0')) this.id = value;
    if (field === 'data') {
      this.data.push(value);
      this.chars += value.length;
    }
    return null;
  }

  private dispatch(): SseMessage | null {
    const message = { event: this.event || 'message', id: this.id, data: this.data.join('\n') };
    const empty = this.data.length === 0;
    this.event = '';
    this.data = [];
    this.chars = 0;
    return empty ? null : message;
  }
}
