import { CHECKUP_FORMS, type Answers } from '@anmai/lifecycle';
import { asDraft, attachmentsOf, filled } from '@anmai/lifecycle/testing/filled';
import { asset, by, SYSTEM } from '@anmai/postgres/testing/samples';
import { checkupReply } from '@anmai/wire';
import { PasswordHasher } from '../auth/password-hasher';
import { PASSWORD, startApiBed, type ApiBed, type Reply } from './api-bed';

export const FORM = CHECKUP_FORMS.masonry;
export const HOUR = 3_600_000;
/** Harmless answers to all that the form asks. */
export const PASSED = filled(FORM);

export interface CheckupBed {
  readonly bed: ApiBed;
  post(path: string, as: string, body: unknown): Promise<Reply>;
  get(path: string, as: string): Promise<Reply>;
  /** Plans a check-up of `house-1` for `ina` and `ivo`; gives its id. */
  planned(over?: Record<string, unknown>): Promise<string>;
  signature(username: string): Record<string, unknown>;
  submission(
    answers: Answers,
    over?: Record<string, unknown>,
  ): Record<string, unknown> & { deviceAt: number };
}

/** Houses of gas-co under the rules of Nantong, and an agency with two inspectors and their chief. */
export async function startCheckupBed(): Promise<CheckupBed> {
  const bed = await startApiBed();
  await furnish(bed);
  let count = 0;
  const now = (): number => bed.clock.now();
  const self: CheckupBed = {
    bed,
    post: (path, as, body) => bed.call('POST', `/api/v1/checkups${path}`, { as, body }),
    get: (path, as) => bed.call('GET', `/api/v1/checkups${path}`, { as }),
    async planned(over = {}) {
      const id = `c${++count}`;
      const body = { id, buildingId: 'house-1', agencyId: 'agency-1', inspectors: ['ina', 'ivo'], ...over };
      const reply = await self.post('', 'root', body);
      expect(reply.status).toBe(201);
      checkupReply.parse(reply.body);
      return id;
    },
    signature: username => ({
      ...{ username, name: username, certificate: null, fileId: `sig-${username}`, signedAt: now() },
    }),
    submission: (answers, over = {}) => ({
      ...{ deviceId: 'phone-1', deviceAt: now(), form: { id: FORM.id, version: FORM.version } },
      fields: asDraft(answers, { deviceId: 'phone-1', by: 'ina', at: now() }),
      signatures: [self.signature('ina'), self.signature('ivo')],
      attachments: attachmentsOf(Object.keys(answers).length === 0 ? PASSED : answers, [
        'sig-ina',
        'sig-ivo',
        'sig-chief',
      ]),
      ...{ startedAt: now() - HOUR, finishedAt: now(), ...over },
    }),
  };
  return self;
}

async function furnish({ records }: ApiBed): Promise<void> {
  const passwordHash = await new PasswordHasher().hash(PASSWORD);
  const user = async (username: string, role: 'inspector' | 'engineer', orgId: string): Promise<void> => {
    await records.users.create({ username, displayName: username, role, orgId, passwordHash }, SYSTEM);
  };
  await records.orgs.create({ id: 'agency-org', name: '检测公司', parentId: 'city' }, SYSTEM);
  await user('ina', 'inspector', 'agency-org');
  await user('ivo', 'inspector', 'agency-org');
  await user('chief', 'engineer', 'agency-org');
  for (const id of ['house-1', 'house-2']) {
    const properties = { structure: 'masonry', address: `中山路 ${id}` };
    await records.assets.create(asset(id, { kind: 'building', orgId: 'gas-co', properties }), SYSTEM);
  }
  await records.assets.create(asset('well-1'), SYSTEM);
  const choice = { orgId: 'city', from: '2026-01-01', ruleSetId: 'nantong', ruleSetVersion: 1 };
  await records.regimes.setChoices('city', [choice], SYSTEM);
  const agency = {
    ...{ id: 'agency-1', orgId: 'agency-org', name: '检测公司', qualifications: ['building-design'] },
    ...{ streets: [], capacityByMonth: Array.from({ length: 12 }, () => 100) },
  };
  await records.regimes.putAgency(agency, null, by('root'));
}
