/** Where a limit comes from. A limit without a source does not compile. */
export type LimitSource =
  | { readonly kind: 'standard'; readonly ref: string; readonly clause: string }
  | { readonly kind: 'engineer'; readonly name: string; readonly signedOn: string }
  /** Shown to the operator as provisional. */
  | { readonly kind: 'assumption'; readonly why: string; readonly reviewBy: string };

/** Ordinal severity: standards number their levels in opposite directions, so the digit is never stored. */
export type Severity = 'blue' | 'yellow' | 'orange' | 'red';
export const SEVERITIES: readonly Severity[] = ['blue', 'yellow', 'orange', 'red'];
/** 1 blue … 4 red; 0 stands for normal. */
export const severityRank = (severity: Severity | null): number =>
  severity === null ? 0 : SEVERITIES.indexOf(severity) + 1;
export const severityOfRank = (rank: number): Severity | null => SEVERITIES[rank - 1] ?? null;
