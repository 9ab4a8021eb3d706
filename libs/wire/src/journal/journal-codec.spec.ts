import fc from 'fast-check';
import type { Quality } from '@anmai/readings';
import type { JournalBody } from './journal-body';
import { journalCodec } from './journal-codec';

const id = fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,63}$/);
const reading = fc.record({
  sensorId: id,
  at: fc.integer({ min: -1e13, max: 1e13 }),
  value: fc.oneof(fc.double({ noNaN: true }), fc.constant(Number.NaN)),
  quality: fc.constantFrom<Quality>(1, 2, 3, 4, 9),
});
const body: fc.Arbitrary<JournalBody> = fc.oneof(
  fc.record({
    kind: fc.constant('readings' as const),
    deviceId: id,
    readings: fc.array(reading, { maxLength: 50 }),
  }),
  fc.constant({ kind: 'tick' as const }),
  fc.record({
    kind: fc.constant('quarantine' as const),
    note: fc.record({
      id,
      firstAt: fc.nat(),
      at: fc.nat(),
      deviceId: fc.option(id),
      topic: fc.string(),
      reason: fc.string(),
      detail: fc.string({ unit: 'grapheme' }),
      payload: fc.uint8Array(),
      count: fc.nat(),
    }),
  }),
);

it('gives back what it was given, bit for bit', () => {
  fc.assert(
    fc.property(body, given => {
      expect(journalCodec.decode(journalCodec.encode(given))).toEqual(given);
    }),
  );
});

it('carries registry changes as they are', () => {
  const value = { id: 'o', name: '市燃气公司', parentId: null, path: ['o'] };
  const given: JournalBody = {
    kind: 'registry',
    version: 7,
    changes: [{ kind: 'org', op: 'put', id: 'o', value }],
  };
  expect(journalCodec.decode(journalCodec.encode(given))).toEqual(given);
});

it('stops on a kind it does not know rather than passing over an entry', () => {
  expect(() => journalCodec.decode(Buffer.from([99]))).toThrow('unknown kind 99');
});
