import fc from 'fast-check';
import { parseTelemetry } from './parse-telemetry';
import { AHEAD_MS_MAX, EARLIEST_AT, RECORDS_MAX } from './telemetry';
import { plainPackSchema, senmlPackSchema } from './telemetry.schema';

const NOW = Date.UTC(2026, 10, 22, 8, 0, 0);
const NOW_S = NOW / 1_000;

/**
 * 'ch4=12.5@0 %LEL' for each record (time relative to NOW in ms), '!code[index]' for each reject or the whole
 * pack.
 */
function read(payload: string | object): string {
  const text = typeof payload === 'string' ? payload : JSON.stringify(payload);
  const result = parseTelemetry(Buffer.from(text), NOW);
  if (!result.ok) return `!${result.error.code}`;
  const { records, rejects } = result.value;
  const taken = records.map(
    r => `${r.channel}=${r.value}@${r.at - NOW}${r.unit === null ? '' : ` ${r.unit}`}`,
  );
  return [...taken, ...rejects.map(r => `!${r.code}[${r.index}]`)].join(', ');
}

describe('SenML', () => {
  it.each<[string, object, string]>([
    ['one record', [{ n: 'ch4', u: '%LEL', v: 12.5 }], 'ch4=12.5@0 %LEL'],
    [
      'base fields last until they are set again',
      [
        { bn: 'a:', bt: NOW_S, bu: 'Cel', bv: 10, n: 'x', v: 1 },
        { n: 'y', t: -1, v: 2 },
        { bn: 'b:', bu: 'V', bv: 0, n: 'z', v: 3 },
      ],
      'a:x=11@0 Cel, a:y=12@-1000 Cel, b:z=3@0 V',
    ],
    ['a record of base fields only', [{ bn: 'a:' }, { n: 'x', v: 1 }], 'a:x=1@0'],
    [
      'bn alone names the channel',
      [{ bn: 'urn:dev:ow:10e2073a01080063', v: 1 }],
      'urn:dev:ow:10e2073a01080063=1@0',
    ],
    ['u goes before bu', [{ bu: 'V', n: 'x', u: 'A', v: 1 }], 'x=1@0 A'],
    [
      'vb is 1 or 0, without bv',
      [
        { bv: 5, n: 'x', vb: true },
        { n: 'y', vb: false },
      ],
      'x=1@0, y=0@0',
    ],
    ['null is missing', [{ n: 'x', v: null }], 'x=NaN@0'],
    ['time in fractions of a second', [{ n: 'x', t: NOW_S - 0.25, v: 1 }], 'x=1@-250'],
    ['2^28 - 1 seconds are relative', [{ n: 'x', t: 2 ** 28 - 1, v: 1 }], '!future_time[0]'],
    ['2^28 seconds are 1978', [{ n: 'x', t: 2 ** 28, v: 1 }], '!ancient_time[0]'],
    [
      'relative to the past',
      [
        { bt: -60, n: 'x', v: 1 },
        { n: 'x', t: 30, v: 2 },
      ],
      'x=1@-60000, x=2@-30000',
    ],
    ['milliseconds where seconds belong', [{ n: 'x', t: NOW, v: 1 }], '!future_time[0]'],
    [
      'text is no number',
      [
        { n: 'x', vs: 'open' },
        { n: 'y', v: 1 },
      ],
      'y=1@0, !not_a_number[0]',
    ],
    [
      'nor data, nor a sum alone',
      [
        { n: 'x', vd: 'AA' },
        { n: 'y', s: 1 },
      ],
      '!not_a_number[0], !not_a_number[1]',
    ],
    ['a sum beside a value is fine', [{ n: 'x', v: 1, s: 9 }], 'x=1@0'],
    ['"NaN" is no number', [{ n: 'x', v: 'NaN' }], '!not_a_number[0]'],
    ['two values', [{ n: 'x', v: 1, vb: true }], '!bad_shape[0]'],
    ['no value', [{ bn: 'a' }, { n: 'x' }], '!bad_shape[1]'],
    ['n is no string', [{ bn: 'a', n: 1, v: 1 }], '!bad_shape[0]'],
    ['no name at all', [{ bu: 'V', v: 1 }], '!bad_channel[0]'],
    ['a field that must be understood', [{ n: 'x', v: 1, k_: 1 }], '!bad_shape[0]'],
    ['an unknown field is ignored', [{ n: 'x', v: 1, ut: 9 }], 'x=1@0'],
    [
      'a wrong base spoils the pack',
      [
        { n: 'x', v: 1 },
        { bt: 'now', n: 'y', v: 1 },
      ],
      '!bad_shape',
    ],
    ['version 10', [{ bver: 10, n: 'x', v: 1 }], 'x=1@0'],
    ['version 11', [{ bver: 11, n: 'x', v: 1 }], '!bad_version'],
    ['the sum runs over', [{ bv: 1.7e308, n: 'x', v: 1.7e308 }], '!not_a_number[0]'],
    ['a stranger in the pack', [{ n: 'x', v: 1 }, 5], 'x=1@0, !bad_shape[1]'],
    ['a single record without its array', { n: 'x', v: 1 }, 'x=1@0'],
    ['base fields and nothing else', [{ bn: 'a' }], '!bad_shape'],
  ])('%s', (_name, payload, expected) => expect(read(payload)).toBe(expected));

  it('gives the name without its base too', () => {
    const result = parseTelemetry(
      Buffer.from('[{"bn":"urn:dev:mac:0024befffe804ff1:","n":"ch4","v":1}]'),
      NOW,
    );
    expect(result).toMatchObject({ ok: true, value: { records: [{ shortName: 'ch4' }] } });
  });
});

describe('plain JSON', () => {
  it.each<[string, object | string, string]>([
    ['ts and values', { ts: NOW - 5, values: { ch4: 12.5, ok: true } }, 'ch4=12.5@-5, ok=1@-5'],
    ['values without ts', { values: { x: 1 } }, 'x=1@0'],
    ['keys and values', { x: 1, y: null, z: false }, 'x=1@0, y=NaN@0, z=0@0'],
    ['an array', [{ ts: NOW - 2, values: { x: 1 } }, { x: 2 }], 'x=1@-2, x=2@0'],
    ['text is no number', { x: 'NaN', y: '12', z: 1 }, 'z=1@0, !not_a_number[0], !not_a_number[0]'],
    ['nor are lists and objects', { x: [1], y: {} }, '!not_a_number[0], !not_a_number[0]'],
    ['1e999 is beyond a number', '{"x":1e999}', '!not_a_number[0]'],
    ['n and v as channels', { n: 1, v: 2 }, 'n=1@0, v=2@0'],
    ['ts beside the values', { ts: NOW, x: 1 }, '!bad_shape[0]'],
    ['ts as text', { ts: String(NOW), values: { x: 1 } }, '!bad_shape[0]'],
    ['ts in seconds', { ts: NOW_S, values: { x: 1 } }, '!ancient_time[0]'],
    ['a key without a name', { '': 1 }, '!bad_channel[0]'],
    ['the longest name', { ['n'.repeat(128)]: 1 }, `${'n'.repeat(128)}=1@0`],
    ['one character more', { ['n'.repeat(129)]: 1 }, '!bad_channel[0]'],
    ['a Chinese name', { 甲烷: 1 }, '甲烷=1@0'],
    ['a line break in a name', { 'a\nb': 1 }, '!bad_channel[0]'],
    ['__proto__ is a name like any other', '{"__proto__":1}', '__proto__=1@0'],
    ['nothing', {}, '!bad_shape'],
    ['an empty array', [], '!bad_shape'],
    ['a number', '5', '!bad_shape'],
    ['null', 'null', '!bad_shape'],
  ])('%s', (_name, payload, expected) => expect(read(payload)).toBe(expected));
});

describe('time', () => {
  it.each<[string, number, string]>([
    ['as far ahead as allowed', NOW + AHEAD_MS_MAX, `x=1@${AHEAD_MS_MAX}`],
    ['1 ms further', NOW + AHEAD_MS_MAX + 1, '!future_time[0]'],
    ['the earliest', EARLIEST_AT, `x=1@${EARLIEST_AT - NOW}`],
    ['1 ms before', EARLIEST_AT - 1, '!ancient_time[0]'],
    ['years late, after a long outage', Date.UTC(2019, 0, 1), `x=1@${Date.UTC(2019, 0, 1) - NOW}`],
  ])('%s', (_name, ts, expected) => expect(read({ ts, values: { x: 1 } })).toBe(expected));
});

describe('limits', () => {
  const senml = (count: number): object => Array.from({ length: count }, (_, i) => ({ n: `c${i}`, v: i }));
  const plain = (count: number): object =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`c${i}`, i]));
  it.each<[string, object, number | string]>([
    ['1,000 SenML records', senml(RECORDS_MAX), RECORDS_MAX],
    ['1,001 SenML records', senml(RECORDS_MAX + 1), 'too_many_records'],
    ['1,000 keys', plain(RECORDS_MAX), RECORDS_MAX],
    ['1,001 keys', plain(RECORDS_MAX + 1), 'too_many_records'],
    ['1,001 keys in two entries', [plain(RECORDS_MAX), { x: 1 }], 'too_many_records'],
  ])('%s', (_name, payload, expected) => {
    const result = parseTelemetry(Buffer.from(JSON.stringify(payload)), NOW);
    expect(result.ok ? result.value.records.length : result.error.code).toBe(expected);
  });

  it('survives the deepest nesting', () => {
    expect(read('['.repeat(200_000))).toBe('!not_json');
    expect(read(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)).toBe('!bad_shape[0]');
  });
});

describe('not JSON', () => {
  it.each<[string, string, number]>([
    ['NaN', '[{"n":"x","v":NaN}]', 14],
    ['Infinity', '{"x":-Infinity}', 6],
    ['nothing', '', 0],
    ['cut off', '{"x":1', 6],
    ['a byte order mark', '\ufeff{"x":1}', 0],
  ])('%s: says where', (_name, text, position) => {
    const result = parseTelemetry(Buffer.from(text), NOW);
    expect(result).toMatchObject({ ok: false, error: { code: 'not_json' } });
    expect(result.ok ? '' : result.error.detail).toMatch(new RegExp(`^position ${position}:`));
  });
});

/** JSON that is often nearly right: the keys and values of both forms, mixed. */
const scalar = fc.oneof(
  fc.constantFrom<unknown>(0, 1, -1.5, 1e308, null, true, false, 'x', '', 'NaN', 'a\u0000', 'n'.repeat(33)),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const key = fc.constantFrom(
  'bn',
  'bu',
  'bv',
  'bver',
  'n',
  'u',
  'v',
  'vb',
  'vs',
  's',
  'x_',
  'x',
  'y',
  '',
  'values',
);
const likelyRecord = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ n: fc.constantFrom('a', 'b'), v: fc.oneof(fc.double(), fc.constant(null)) }),
  },
  { weight: 2, arbitrary: fc.dictionary(key, scalar, { maxKeys: 5 }) },
  { weight: 1, arbitrary: fc.record({ values: fc.dictionary(key, scalar, { maxKeys: 3 }) }) },
  { weight: 1, arbitrary: scalar },
);

describe('against the schema', () => {
  /** Times are left out: they depend on the clock and have a table of their own. */
  it('takes a pack whole exactly when the schema does', () => {
    let taken = 0;
    fc.assert(
      fc.property(fc.array(likelyRecord, { maxLength: 4 }), pack => {
        const text = JSON.stringify(pack);
        const json: unknown = JSON.parse(text);
        const result = parseTelemetry(Buffer.from(text), NOW);
        const whole = result.ok && result.value.rejects.length === 0;
        const schema = isSenml(json) ? senmlPackSchema : plainPackSchema;
        expect({ text, whole }).toEqual({ text, whole: schema.safeParse(json).success });
        if (whole) taken += 1;
      }),
      { numRuns: 2_000 },
    );
    // Otherwise the property would hold because everything is refused.
    expect(taken).toBeGreaterThan(100);
  });

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), bytes => {
        parseTelemetry(Buffer.from(bytes), NOW);
      }),
    );
  });

  /** Which form is meant, said once more in another way. */
  function isSenml(json: unknown): boolean {
    const values = ['v', 'vb', 'vs', 'vd', 's'];
    return (json as unknown[]).some(entry => {
      if (typeof entry !== 'object' || entry === null) return false;
      const fields = new Map<string, unknown>(Object.entries(entry));
      if (typeof fields.get('bn') === 'string' || typeof fields.get('bu') === 'string') return true;
      return typeof fields.get('n') === 'string' && values.some(name => fields.has(name));
    });
  }
});
