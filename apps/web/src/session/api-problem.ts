import type { Problem } from '@anmai/wire';

/** What the interface answered instead of the thing asked for, or why it could not be asked. */
export class ApiProblem extends Error {
  constructor(readonly problem: Problem) {
    super(`${problem.code}: ${problem.detail}`);
    this.name = 'ApiProblem';
  }
}

/** No answer at all. The words are the page's own (`problem.unreachable`), since there is nobody to give them. */
export const UNREACHABLE = 'WEB-001';
/** An answer that is not of this interface, for example the page of a proxy. */
export const NOT_OURS = 'WEB-002';

const own = (code: string, status: number, detail: string): ApiProblem =>
  new ApiProblem({ type: 'about:blank', title: code, status, code, detail, remedy: '' });

export const unreachable = (cause: unknown): ApiProblem => own(UNREACHABLE, 0, String(cause));

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'code' in body && 'detail' in body;
}

/** The problem in a reply that is not a success. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  const body: unknown = await response.json().catch(() => null);
  return isProblem(body) ? new ApiProblem(body) : own(NOT_OURS, response.status, `HTTP ${response.status}`);
}
