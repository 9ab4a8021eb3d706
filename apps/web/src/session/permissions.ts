import type { Role } from '@anmai/wire';

const OPERATING: readonly Role[] = ['operator', 'engineer', 'admin'];

/** The server decides; this only keeps buttons away that it would refuse. */
export const mayOperate = (role: Role | undefined): boolean => role !== undefined && OPERATING.includes(role);
