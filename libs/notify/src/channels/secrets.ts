import { AppError } from '@anmai/kernel';
import { NOTIFY_ERRORS } from '../errors';

/** The value of a secret by its name in the configuration; undefined: there is none. */
export type SecretSource = (ref: string) => string | undefined;

/** The secrets of one channel: read at each use, so that a new value counts without a restart. */
export class ChannelSecrets {
  readonly #source: SecretSource;
  readonly #refs: readonly string[];

  /** Refuses at once with NTF-001 when one of `refs` is not set: better at the start than with the first alarm. */
  constructor(
    private readonly channel: string,
    source: SecretSource,
    refs: readonly (string | null)[],
  ) {
    this.#source = source;
    this.#refs = refs.filter(ref => ref !== null);
    for (const ref of this.#refs) this.reveal(ref);
  }

  reveal(ref: string): string {
    const value = this.#source(ref);
    if (value === undefined || value === '')
      throw new AppError(NOTIFY_ERRORS.noSecret, { channel: this.channel, ref });
    return value;
  }

  /** Text from outside, fit for a log: one line, short, and with no secret of this channel in it. */
  clean(text: string): string {
    let clean = text;
    for (const ref of this.#refs) {
      const value = this.#source(ref) ?? '';
      for (const form of formsOf(value)) clean = clean.replaceAll(form, '***');
    }
    return Array.from(clean.replace(/[\s\p{Cc}]+/gu, ' ').trim())
      .slice(0, CLEAN_CHARS_MAX)
      .join('');
  }
}

export const CLEAN_CHARS_MAX = 200;
/** Shorter ones would blank out half of every text: `send` of an address is no secret. */
const WHOLE_CHARS_MIN = 4;
const PART_CHARS_MIN = 8;

/** How a server may repeat a secret: as it is, escaped for an address, in Base64; of an address also parts of it. */
function formsOf(value: string): string[] {
  const written = (text: string): string[] => [
    text,
    encodeURIComponent(text),
    Buffer.from(text).toString('base64'),
  ];
  const forms = [
    ...written(value).filter(form => form.length >= WHOLE_CHARS_MIN),
    ...partsOf(value)
      .filter(part => part.length >= PART_CHARS_MIN)
      .flatMap(written),
  ];
  // The longest first: a part that is replaced early would leave the rest of the whole behind.
  return [...new Set(forms)].sort((a, b) => b.length - a.length);
}

/** Path, its segments, and the values of the query as written and as meant; nothing for what is no address. */
function partsOf(value: string): string[] {
  if (!URL.canParse(value)) return [];
  const url = new URL(value);
  const query = url.search.slice(1).split('&');
  const raw = query.map(pair => pair.slice(pair.indexOf('=') + 1));
  return [url.pathname, url.search, ...url.pathname.split('/'), ...raw, ...url.searchParams.values()];
}
