import type { Severity } from '@anmai/catalog';

const RANK: Readonly<Record<Severity, number>> = { blue: 1, yellow: 2, orange: 3, red: 4 };

/** Worst first: the order in which people look. */
export const WORST_FIRST: readonly Severity[] = ['red', 'orange', 'yellow', 'blue'];

/** 1 blue … 4 red; 0 stands for nothing to see. */
export const rankOf = (severity: Severity | null): number => (severity === null ? 0 : RANK[severity]);
