import type { Role } from '@anmai/wire';

const OPERATING: readonly Role[] = ['operator', 'engineer', 'admin'];

/** The server decides; this only keeps buttons away that it would refuse. */
export const mayOperate = (role: Role | undefined): boolean => role !== undefined && OPERATING.includes(role);

const ENGINEERING: readonly Role[] = ['engineer', 'admin'];
/** Everyone may read rules; these may try drafts and put them in force. */
export const mayEngineer = (role: Role | undefined): boolean =>
  role !== undefined && ENGINEERING.includes(role);

/** Windows, inhibitions, how alarms live, who is told of what. */
export const mayPlan = mayEngineer;
/** Send again what was given up. */
export const mayRequeue = mayOperate;
/** See who did what. */
export const mayReadAudit = (role: Role | undefined): boolean => role === 'admin';
/** See and change accounts, and how others are reached. */
export const mayManageUsers = (role: Role | undefined): boolean => role === 'admin';
