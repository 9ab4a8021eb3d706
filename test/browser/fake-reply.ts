/** A call to the fake platform, as a part of it sees it. */
export interface Asked {
  readonly method: string;
  /** Of the path below `/api/v1`. */
  readonly parts: readonly string[];
  readonly query: URLSearchParams;
  readonly body: unknown;
  /** Of `If-Match`; null: not given. */
  readonly version: number | null;
  /** Who is logged in. */
  readonly role: string;
}
export interface Reply {
  readonly status: number;
  readonly body: unknown;
}
/** null: not its business. */
export type FakePart = (asked: Asked) => Reply | null;

export const ok = (body: unknown, status = 200): Reply => ({ status, body });
export const problem = (
  status: number,
  code: string,
  detail: string,
  remedy: string,
  more: object = {},
): Reply => ({
  status,
  body: { type: 'about:blank', title: code, status, code, detail, remedy, ...more },
});
export const absent = (): Reply => problem(404, 'PGR-004', 'not there', 'Reload the list.');
export const stale = (): Reply =>
  problem(
    412,
    'PGR-006',
    'it was changed meanwhile',
    'Read it again and send the edit with its new version.',
  );
export const invalid = (at: string, message: string): Reply =>
  problem(400, 'VAL-001', 'the request is not as it should be', 'Mend what `faults` lists.', {
    faults: [{ at, message }],
  });
export const list = (items: readonly unknown[]): Reply => ok({ items, nextCursor: null });
