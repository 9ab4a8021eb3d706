import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { AppError, type ErrorSpec } from '@anmai/kernel';
import { canonicalJson } from './canonical-json';
import { POSTGRES_ERRORS } from './errors';
import { fromSqlInstant, toSqlInstant } from './instants';
import { toAppError } from './map-error';
import { orgPaths } from './org-tree';
import { instantCursor, parseInstantCursor } from './repositories/paging';

describe('error catalogue', () => {
  const specs = Object.entries<ErrorSpec>(POSTGRES_ERRORS);
  const here = fileURLToPath(new URL('.', import.meta.url));
  const sources = (readdirSync(here, { recursive: true }) as string[])
    .filter(name => name.endsWith('.ts') && !name.includes('spec') && !name.endsWith('errors.ts'))
    .map(name => readFileSync(join(here, name), 'utf8'))
    .join('\n');

  it('has each code once', () => {
    expect(new Set(specs.map(([, spec]) => spec.code)).size).toBe(specs.length);
  });
  it.each(specs)('%s has a code, a remedy and a place where it is raised', (name, spec) => {
    expect(spec.code).toMatch(/^(PGR|GRD|HAZ)-\d{3}$/);
    expect(spec.remedy.length).toBeGreaterThan(20);
    expect(sources).toContain(`E.${name}`);
  });
});

describe('toAppError', () => {
  const failed = (fields: object, message = 'x'): Error => Object.assign(new Error(message), fields);
  it.each([
    ['a refused socket', failed({ code: 'ECONNREFUSED' }), 'PGR-001', true],
    ['a missing socket', failed({ code: 'ENOENT' }), 'PGR-001', true],
    ['a shutdown', failed({ code: '57P01' }), 'PGR-001', true],
    ['a recovery', failed({ code: '57P03' }), 'PGR-001', true],
    ['too many clients', failed({ code: '53300' }), 'PGR-001', true],
    ['a full disk', failed({ code: '53100' }), 'PGR-001', true],
    ['a lost connection', failed({}, 'Connection terminated unexpectedly'), 'PGR-001', true],
    ['a full pool', failed({}, 'timeout exceeded when trying to connect'), 'PGR-001', true],
    ['a slow statement', failed({ code: '57014' }), 'PGR-003', true],
    ['a deadlock', failed({ code: '40P01' }), 'PGR-003', true],
    ['a silent server', failed({}, 'Query read timeout'), 'PGR-003', true],
    [
      'a taken id',
      failed({ code: '23505', table: 'asset', detail: '键值"(id)=(a)" 已经存在' }),
      'PGR-005',
      false,
    ],
    ['a missing reference', failed({ code: '23503' }), 'PGR-007', false],
    ['a NUL', failed({ code: '22021' }), 'PGR-008', false],
    ['a wrong password', failed({ code: '28P01' }), 'PGR-020', false],
  ])('says what %s means', (_name, error, code, retryable) => {
    // As Drizzle throws it: with the statement and all parameters in its message.
    const wrapped = Object.assign(new Error('Failed query, params: SECRET', { cause: error }), {
      query: '…',
    });
    for (const thrown of [error, wrapped]) {
      const mapped = toAppError(thrown);
      expect(mapped).toBeInstanceOf(AppError);
      expect(mapped).toMatchObject({ code, retryable, cause: error });
    }
  });

  it('leaves bugs what they are', () => {
    const bug = failed({ code: '42601' }, 'syntax error');
    expect(toAppError(bug)).toBe(bug);
    expect(toAppError(new TypeError('x'))).toBeInstanceOf(TypeError);
  });

  it('names the id that was taken', () => {
    const error = failed({ code: '23505', table: 'app_user', detail: 'Key (username)=(li) already exists.' });
    expect(toAppError(error)).toMatchObject({ details: { what: 'app user', id: 'li' } });
  });
});

it('canonical JSON depends on the value alone', () => {
  const shuffled = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(shuffled);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).reverse().map(([k, v]) => [k, shuffled(v)])); // prettier-ignore
  };
  fc.assert(
    fc.property(fc.jsonValue(), value => {
      const text = canonicalJson(value);
      expect(canonicalJson(shuffled(value))).toBe(text);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

it('instants go to SQL and back', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4_102_444_800_000 }), at => {
      const asPostgresWrites = toSqlInstant(at).replace('T', ' ').replace(/0*Z$/, '+00').replace('.+', '+');
      expect(fromSqlInstant(asPostgresWrites)).toBe(at);
      expect(parseInstantCursor(instantCursor(at, 'al_x-1'))).toEqual({ at, id: 'al_x-1' });
    }),
  );
});

it.each([
  ['roots', 'a:', 'a=a'],
  ['chains, whatever the order', 'c:b b:a a:', 'c=a/b/c b=a/b a=a'],
  ['a parent that is not there', 'b:zz', 'b=b'],
  ['itself', 'a:a', 'a=null'],
  ['a cycle and what hangs on it', 'a:b b:a c:b d:', 'a=null b=null c=null d=d'],
])('org paths: %s', (_name, given, expected) => {
  const orgs = given.split(' ').map(text => text.split(':')).map(([id, parent]) => ({ id: id!, name: '', parentId: parent || null })); // prettier-ignore
  const paths = orgPaths(orgs);
  expect(orgs.map(({ id }) => `${id}=${paths.get(id)?.join('/') ?? 'null'}`).join(' ')).toBe(expected);
});
