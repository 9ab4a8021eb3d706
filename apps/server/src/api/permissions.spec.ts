import type { Role } from '@anmai/wire';
import { PERMISSIONS, ROLE_PERMISSIONS, roleAllows, type Permission } from './permissions';

const rows: readonly [Permission, string][] = [
  ['alarms.read', 'viewer inspector operator engineer admin'],
  ['quarantine.read', 'viewer inspector operator engineer admin'],
  ['alarms.act', 'operator engineer admin'],
  ['quarantine.adopt', 'operator engineer admin'],
  ['registry.write', 'engineer admin'],
  ['credentials.manage', 'engineer admin'],
  ['rules.write', 'engineer admin'],
  ['orgs.write', 'admin'],
  ['users.manage', 'admin'],
  ['checkups.fill', 'inspector engineer admin'],
  ['hazards.report', 'inspector operator engineer admin'],
  ['hazards.act', 'operator engineer admin'],
  ['appraisals.write', 'engineer admin'],
  ['money.write', 'engineer admin'],
  ['money.approve', 'admin'],
  ['audit.read', 'admin'],
];
it.each(rows)('%s is held by %s', (permission, roles) => {
  const holders = (Object.keys(ROLE_PERMISSIONS) as Role[]).filter(role => roleAllows(role, permission));
  expect(holders.join(' ')).toBe(roles);
});

it('gives nobody what is not in the table', () => {
  for (const name of ['', 'toString', 'everything']) expect(roleAllows('admin', name)).toBe(false);
});

it('gives an administrator everything', () => {
  expect([...ROLE_PERMISSIONS.admin].sort()).toEqual(Object.keys(PERMISSIONS).sort());
});
