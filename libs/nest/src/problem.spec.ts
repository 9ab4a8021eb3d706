import { HttpException } from '@nestjs/common';
import { AppError } from '@anmai/kernel';
import { problemReply } from '@anmai/wire';
import { HTTP_ERRORS } from './errors';
import { appErrorOf, FAULTS_MAX, invalid, problemOf } from './problem';

const REQUEST = { id: 'req-1', method: 'GET', path: '/x' };
const conflict = {
  code: 'TST-001',
  status: 412,
  retryable: false,
  message: () => 'changed',
  remedy: 'Load it again.',
};

it.each<[string, unknown, number, string]>([
  [
    'an error of a catalogue',
    new AppError(HTTP_ERRORS.forbidden, { role: 'viewer', permission: 'x' }),
    403,
    'AUT-004',
  ],
  ['an unknown route', new HttpException('Cannot GET /x', 404), 404, 'HTP-404'],
  ['a body that is too large', Object.assign(new Error('x'), { statusCode: 413 }), 413, 'HTP-413'],
  ['an unknown content type', new HttpException('x', 415), 415, 'HTP-415'],
  ['broken JSON', Object.assign(new Error('x'), { statusCode: 400 }), 400, 'HTP-400'],
  ['another refusal of the server', new HttpException('x', 414), 400, 'HTP-499'],
  ['a stop in progress', new HttpException('x', 503), 503, 'HTP-503'],
  ['a bug', new TypeError('x is not a function'), 500, 'HTP-500'],
  ['something thrown that is no error', 'secret', 500, 'HTP-500'],
])('makes %s a problem', (_name, thrown, status, code) => {
  const problem = problemOf(appErrorOf(thrown, REQUEST));
  expect(problemReply.parse(problem)).toEqual(problem);
  expect([problem.status, problem.code]).toEqual([status, code]);
  expect(problem.type).toBe(`/api/docs#${code.toLowerCase()}`);
});

it('keeps the text of what was not foreseen to itself', () => {
  const problem = problemOf(appErrorOf(new Error('password=hunter2'), REQUEST));
  expect(JSON.stringify(problem)).not.toContain('hunter2');
  expect(problem.detail).toContain('req-1');
});

it('lists faults up to a bound, and counts them all', () => {
  const faults = Array.from({ length: FAULTS_MAX + 1 }, (_, i) => ({ at: `row ${i}`, message: 'wrong' }));
  const problem = problemOf(invalid(faults));
  expect(problem.faults).toHaveLength(FAULTS_MAX);
  expect(problem.detail).toContain(`${FAULTS_MAX + 1} fault(s); first: row 0: wrong`);
});

it('tells the current version of a refused edit', () => {
  expect(problemOf(new AppError(conflict, { version: 7 })).currentVersion).toBe(7);
  expect(
    problemOf(new AppError({ ...conflict, status: 409 }, { version: 7 })).currentVersion,
  ).toBeUndefined();
});
