import type { Principal } from '@anmai/nest';
import type { Author } from '@anmai/postgres';

/** Who writes, for the audit trail, and what they can touch. */
export const authorOf = (caller: Principal): Author => ({ actor: caller.username, within: caller.within });
