import { bearerOf } from './access.guard';
import { versionOf } from './if-match';
import { ReplySeal } from './reply-seal';
import { requestIdOf } from './request-id';

it.each([
  ['Bearer abc.def-_~+/=', 'abc.def-_~+/='],
  ['bearer abc', 'abc'],
  ['Bearer ', null],
  ['Bearer a b', null],
  ['Basic abc', null],
  [`Bearer ${'a'.repeat(4_097)}`, null],
  [undefined, null],
])('finds the token in %j', (header, token) => expect(bearerOf(header)).toBe(token));

it.each([
  ['"3"', 3],
  ['3', 3],
  ['W/"3"', 3],
  ['*', null],
  [undefined, null],
])('reads If-Match %j', (header, version) => expect(versionOf(header)).toBe(version));

it.each(['"a"', '"1", "2"', '', '-1', '1.5', '9999999999'])('refuses If-Match %j', header => {
  expect(() => versionOf(header)).toThrow(expect.objectContaining({ code: 'VAL-002' }));
});

it('takes a harmless request id, and makes one instead of any other', () => {
  const of = (id: unknown): string => requestIdOf({ headers: { 'x-request-id': id as string } });
  expect(of('trace-1.2')).toBe('trace-1.2');
  for (const bad of ['a\nb', 'x'.repeat(65), '', ['a', 'b'], undefined])
    expect(of(bad)).toMatch(/^[0-9a-f-]{36}$/);
});

describe('ReplySeal', () => {
  const seal = new ReplySeal(Buffer.alloc(32, 1));
  it('opens what it sealed, and seals the same differently each time', () => {
    const text = '{"password":"秘密"}';
    expect(seal.open(seal.seal(text))).toBe(text);
    expect(seal.seal(text)).not.toBe(seal.seal(text));
    expect(seal.seal(text)).not.toContain('password');
  });
  it('opens nothing that was altered or sealed with another key', () => {
    const sealed = Buffer.from(seal.seal('x'), 'base64');
    sealed[sealed.length - 1]! ^= 1;
    expect(() => seal.open(sealed.toString('base64'))).toThrow();
    expect(() => new ReplySeal(Buffer.alloc(32, 2)).open(seal.seal('x'))).toThrow();
  });
});
