import fc from 'fast-check';
import { packShared, unpackShared, type Packed } from './shared-json';

const throughJson = (packed: Packed): Packed => JSON.parse(JSON.stringify(packed)) as Packed;

it('gives back what it was given, whatever it was', () => {
  // JSON itself turns -0 into 0.
  const data = fc
    .jsonValue({ maxDepth: 4 })
    .map(value => JSON.parse(JSON.stringify(value)) as unknown)
    .filter(value => !JSON.stringify(value).includes('"$"'));
  fc.assert(
    fc.property(data, value => {
      expect(unpackShared(throughJson(packShared(value, [])), [])).toEqual(value);
    }),
  );
});

it('writes what is used twice once, and shares it again', () => {
  const inner = { deep: [1, 2, 3] };
  const packed = packShared([inner, { inner }, inner.deep], []);
  expect(JSON.stringify(packed).match(/1,2,3/g)).toHaveLength(1);
  const [first, second, deep] = unpackShared(throughJson(packed), []) as [
    typeof inner,
    { inner: typeof inner },
    number[],
  ];
  expect(second.inner).toBe(first);
  expect(deep).toBe(first.deep);
  expect(first).toEqual(inner);
});

it('does not write what both sides know', () => {
  const known = { huge: 'x'.repeat(100) };
  const packed = packShared({ a: known, b: [known] }, [known]);
  expect(JSON.stringify(packed)).not.toContain('x');
  const back = unpackShared(throughJson(packed), [known]) as { a: object; b: object[] };
  expect(back.a).toBe(known);
  expect(back.b[0]).toBe(known);
});
