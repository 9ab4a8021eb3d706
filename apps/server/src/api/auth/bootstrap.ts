import type { Records } from '@anmai/postgres';
import { PasswordHasher } from './password-hasher';

export const FIRST_ORG = { id: 'city', name: '城市', parentId: null } as const;

/**
 * At the very first start: one organisation and the user `admin`. Does nothing once there is any user. Resolves with
 * whether it made the account.
 */
export async function createFirstAdmin(
  records: Pick<Records, 'users' | 'orgs'>,
  password: string,
  hasher: PasswordHasher = new PasswordHasher(),
): Promise<boolean> {
  if ((await records.users.count()) > 0) return false;
  const by = { actor: 'system', within: null };
  const orgs = await records.orgs.list({ limit: 1 }, null);
  const org = orgs.items.find(each => each.path.length === 1) ?? (await records.orgs.create(FIRST_ORG, by));
  const passwordHash = await hasher.hash(password);
  const admin = {
    username: 'admin',
    displayName: '管理员',
    role: 'admin',
    orgId: org.id,
    passwordHash,
  } as const;
  await records.users.create(admin, by);
  return true;
}
