/** A channel of a device that nobody registered, as far as its message tells. */
export interface ChannelGuess {
  readonly channel: string;
  readonly unit: string;
}

/** More than a device of this kind ever has; the rest is for the registry. */
export const CHANNELS_MAX = 20;

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function fromSenml(records: readonly Fields[]): ChannelGuess[] {
  let baseName = '';
  let baseUnit = '';
  return records.flatMap(record => {
    baseName = textOf(record['bn']) || baseName;
    baseUnit = textOf(record['bu']) || baseUnit;
    const channel = baseName + textOf(record['n']);
    const carries = 'v' in record || 'vb' in record;
    return carries && channel !== '' ? [{ channel, unit: textOf(record['u']) || baseUnit }] : [];
  });
}

/** What is left to adopt when the device has some channels already. */
export const stillUnknown = (guesses: readonly ChannelGuess[], known: readonly string[]): ChannelGuess[] =>
  guesses.filter(({ channel }) => !known.includes(channel));

/** Channels named in a payload: SenML, `{"ts":…,"values":{…}}`, an array of these, or plain `{"ch4":12}`. */
export function guessChannels(payload: string): ChannelGuess[] {
  let json: unknown;
  try {
    json = JSON.parse(payload);
  } catch {
    return [];
  }
  const records = (Array.isArray(json) ? (json as unknown[]) : [json]).filter(isFields);
  const senml = records.some(record => 'n' in record || 'bn' in record);
  const found = senml
    ? fromSenml(records)
    : records
        .flatMap(record => Object.keys(isFields(record['values']) ? record['values'] : record))
        .filter(name => name !== 'ts')
        .map(channel => ({ channel, unit: '' }));
  const unique = new Map(found.map(guess => [guess.channel, guess]));
  return [...unique.values()].slice(0, CHANNELS_MAX);
}
