import { CHECKUP_FORMS, type AnswerValue, type CheckupForm, type CheckupResult } from '@anmai/lifecycle';
import { asDraft, attachmentsOf, filled, PASSED } from '@anmai/lifecycle/testing/filled';
import { ApiClient } from './api-client';
import { ADMIN_PASSWORD } from './server-process';

export const CHECKUP_FORM: CheckupForm = CHECKUP_FORMS.masonry;
export const INSPECTORS = ['ina', 'ivo'] as const;

/** The rules of Nantong, an agency with two inspectors and a chief, and so many houses in streets of ten. */
export async function furnishCheckups(api: ApiClient, houses: number): Promise<void> {
  await api.must('/orgs', { id: 'agency-org', name: '建设工程检测中心', parentId: 'city' });
  for (const [username, role] of [['ina', 'inspector'], ['ivo', 'inspector'], ['chief', 'engineer']])
    await api.must('/users', { username, displayName: username, role, orgId: 'agency-org', password: ADMIN_PASSWORD });
  const rules = { items: [{ from: '2026-01-01', ruleSetId: 'nantong', ruleSetVersion: 1 }] };
  await must(api, '/checkups/regimes/city', rules);
  await must(api, '/checkups/agencies/agency-1', {
    ...{ orgId: 'agency-org', name: '建设工程检测中心', qualifications: ['building-design'] },
    capacityByMonth: Array.from({ length: 12 }, () => 50),
  });
  for (let i = 0; i < houses; i++) await api.must('/buildings', houseBody(i));
} // prettier-ignore

async function must(api: ApiClient, path: string, body: unknown): Promise<void> {
  const reply = await api.call('PUT', path, body);
  if (reply.status >= 300) throw new Error(`PUT ${path}: ${reply.status} ${JSON.stringify(reply.body)}`);
}

const YEARS = [1972, 1984, 1990, 1996, 2003, 2012];
const houseBody = (i: number) => ({
  id: `house-${i}`,
  orgId: 'city',
  name: `人民路 ${i + 1} 号楼`,
  address: { district: '崇川区', street: ['和平桥街道', '城东街道', '狼山镇街道'][i % 3], community: '', road: '人民路', number: `${i + 1} 号`, text: '' },
  structure: 'masonry',
  storeys: 6,
  precastSlabs: i % 2 === 0 ? 'yes' : 'no',
  businessUse: 'no',
  use: 'dwelling',
  ownership: 'multiOwner',
  yearBuilt: i % 7 === 6 ? { kind: 'unknown' } : { kind: 'exact', year: YEARS[i % YEARS.length] },
}); // prettier-ignore

/** What a phone sends: harmless answers save for what is given, signed by both. */
export function submissionOf(
  given: Readonly<Record<string, AnswerValue>> = {},
  result: CheckupResult = PASSED,
  deviceId = 'phone-1',
): Record<string, unknown> {
  const now = Date.now();
  const answers = filled(CHECKUP_FORM, given, result);
  return {
    ...{ deviceId, deviceAt: now, form: { id: CHECKUP_FORM.id, version: CHECKUP_FORM.version } },
    fields: asDraft(answers, { deviceId, by: 'ina', at: now }),
    signatures: INSPECTORS.map(username => ({
      ...{
        username,
        name: username,
        certificate: '注册结构工程师',
        fileId: `sig-${username}`,
        signedAt: now,
      },
    })),
    attachments: attachmentsOf(
      answers,
      INSPECTORS.map(username => `sig-${username}`),
    ),
    ...{ startedAt: now - 3_600_000, finishedAt: now },
  };
}

/** Plans a check-up for both inspectors; gives its id. */
export async function planCheckup(api: ApiClient, id: string, buildingId: string): Promise<string> {
  await api.must('/checkups', { id, buildingId, agencyId: 'agency-1', inspectors: INSPECTORS });
  return id;
}
