import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { HTTP_ERRORS } from '@anmai/nest';
import { API_ERRORS } from '../api/errors';
import { ERROR_LIST } from './error-list';

const DETAILS = new Proxy({}, { get: () => 'x' });

it.each(ERROR_LIST.map(spec => [spec.code, spec] as const))('%s can be acted upon', (code, spec) => {
  expect(code).toMatch(/^[A-Z]{3}-\d{3}$/);
  expect(spec.remedy).toMatch(/^[A-Z`].{10,}\.$/);
  expect(spec.message(DETAILS).length).toBeGreaterThan(10);
  expect([400, 401, 403, 404, 409, 412, 413, 415, 422, 429, 500, 503, 507]).toContain(spec.status);
});

it('uses each code once', () => {
  const codes = ERROR_LIST.map(spec => spec.code);
  expect(new Set(codes).size).toBe(codes.length);
});

it('raises each of its own somewhere', () => {
  const root = fileURLToPath(new URL('../../../../', import.meta.url));
  const source = ['libs/nest/src', 'apps/server/src/api']
    .flatMap(folder =>
      readdirSync(root + folder, { recursive: true, encoding: 'utf8' }).map(f => `${root}${folder}/${f}`),
    )
    .filter(file => file.endsWith('.ts') && !file.endsWith('spec.ts'))
    .map(file => readFileSync(file, 'utf8'))
    .join('\n');
  for (const key of Object.keys(HTTP_ERRORS)) expect(source).toContain(`HTTP_ERRORS.${key}`);
  for (const key of Object.keys(API_ERRORS)) expect(source).toContain(`API_ERRORS.${key}`);
});
