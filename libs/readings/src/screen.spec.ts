import type { Reading } from './reading';
import type { Refusal } from './screen';
import { READING_AT_END, READING_VALUE_ABS_MAX, SENSOR_ID_CHARS_MAX, refusalOf, screen } from './screen';

const reading = (over: Partial<Record<keyof Reading, unknown>>): Reading =>
  ({ sensorId: 's', at: 1_000, value: 1, quality: 1, ...over }) as Reading;

it.each([
  ['a plain reading', {}, null],
  ['the first instant', { at: 0 }, null],
  ['before 1970', { at: -1 }, 'bad_time'],
  ['the last instant', { at: READING_AT_END - 1 }, null],
  ['after the last instant', { at: READING_AT_END }, 'bad_time'],
  ['half a millisecond', { at: 0.5 }, 'bad_time'],
  ['no time', { at: NaN }, 'bad_time'],
  ['NaN that is not missing', { value: NaN }, 'bad_value'],
  ['missing', { value: NaN, quality: 9 }, null],
  ['infinity', { value: -Infinity }, 'bad_value'],
  ['the largest value', { value: -READING_VALUE_ABS_MAX }, null],
  ['above the largest', { value: READING_VALUE_ABS_MAX * 1.01 }, 'bad_value'],
  ['an unknown quality', { quality: 5 }, 'bad_quality'],
  ['an empty id', { sensorId: '' }, 'bad_sensor_id'],
  ['the longest id', { sensorId: 'x'.repeat(SENSOR_ID_CHARS_MAX) }, null],
  ['a longer id', { sensorId: 'x'.repeat(SENSOR_ID_CHARS_MAX + 1) }, 'bad_sensor_id'],
  ['half a character', { sensorId: 'a\ud800' }, 'bad_sensor_id'],
  ['a character outside the basic plane', { sensorId: 'a😀' }, null],
])('judges %s', (_name, over, code) => expect(refusalOf(reading(over), 0)?.code ?? null).toBe(code));

it.each([
  [999, 'beyond_retention'],
  [1_000, null],
])('judges a reading at %i when 1000 and younger is kept', (at, code) => {
  expect(refusalOf(reading({ at }), 1_000)?.code ?? null).toBe(code);
});

it('keeps the fit ones and names the unfit, one call a reason', () => {
  const calls: [number, Refusal['code']][] = [];
  const batch = [
    reading({ at: 1 }),
    reading({ at: -1 }),
    reading({ value: NaN }),
    reading({ at: 2 }),
    reading({ at: -2 }),
  ];
  const kept = screen(batch, 0, (readings, refusal) => calls.push([readings.length, refusal.code]));
  expect(kept.map(({ at }) => at)).toEqual([1, 2]);
  expect(calls).toEqual([
    [2, 'bad_time'],
    [1, 'bad_value'],
  ]);
});

it('keeps the last of a repeated key, also when it does not follow at once', () => {
  const batch = [
    reading({ value: 1 }),
    reading({ at: 2_000 }),
    reading({ value: 2 }),
    reading({ sensorId: 't' }),
  ];
  const kept = screen(batch, 0, () => undefined);
  expect(kept.map(({ sensorId, at, value }) => `${sensorId} ${at} ${value}`).sort()).toEqual([
    's 1000 2',
    's 2000 1',
    't 1000 1',
  ]);
});
