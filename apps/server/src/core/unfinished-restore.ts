import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '@anmai/kernel';
import { START_ERRORS } from '../errors';

/** There from the first write of a restore to its last. */
export const RESTORE_MARK = 'restore-unfinished';

/** A folder with records and without readings would look as if all were well. Throws SRV-004. */
export function refuseUnfinishedRestore(folder: string): void {
  if (existsSync(join(folder, RESTORE_MARK))) throw new AppError(START_ERRORS.unfinishedRestore, { folder });
}
