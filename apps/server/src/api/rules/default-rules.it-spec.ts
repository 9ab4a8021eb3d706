/* eslint-disable @typescript-eslint/no-unsafe-return, @typescript-eslint/no-unsafe-member-access */

import { DEFAULT_RULES, findDefaultRule, ruleOfDefault } from '@anmai/alarms';
import { defaultRulesReply, defaultsTakenReply } from '@anmai/wire';
import { startApiBed, type ApiBed, type Reply } from '../testing/api-bed';

let bed: ApiBed;
beforeAll(async () => {
  bed = await startApiBed();
});
afterAll(() => bed.stop());

const list = (): Promise<Reply> => bed.call('GET', '/api/v1/rules/defaults', { as: 'vera' });
const take = (as: string, body?: unknown): Promise<Reply> =>
  bed.call('POST', '/api/v1/rules/defaults', { as, body });
const stateOf = async (id: string): Promise<string> =>
  defaultRulesReply.parse((await list()).body).items.find(each => each.id === id)!.state;
const taken = (reply: Reply): { created: string[]; present: readonly string[]; refused: string[] } => {
  expect(reply.status).toBe(200);
  const { created, present, refused } = defaultsTakenReply.parse(reply.body);
  return { created: created.map(each => each.id), present, refused: refused.map(each => each.id) };
};

it('are listed, and none is in force before somebody takes them', async () => {
  const { items } = defaultRulesReply.parse((await list()).body);
  expect(items.map(each => each.id)).toEqual(DEFAULT_RULES.map(each => each.id));
  expect(new Set(items.map(each => each.state))).toEqual(new Set(['missing']));
  expect(items.find(each => each.id === 'water-burst')).toMatchObject({
    nameEn: findDefaultRule('water-burst')!.nameEn,
    needs: ['water-pressure-drop', 'water-flow-high'],
  });
});

it('refuses ids that are none, an empty list, and whoever may not write rules for all', async () => {
  const answers = [await take('enno', { ids: ['gas-adjacent', 'nothing'] }), await take('enno', { ids: [] })];
  expect(answers.map(each => [each.status, each.body.code])).toEqual([
    [400, 'VAL-001'],
    [400, 'VAL-001'],
  ]);
  expect(answers[0]!.text).toContain('GET /rules/defaults');
  expect((await take('otto')).status).toBe(403);
  expect((await take('gas-engineer', { ids: ['gas-adjacent'] })).body.code).toBe('API-005');
  expect(await stateOf('gas-adjacent')).toBe('missing');
});

it('creates one with the rules it needs, once, with an audit entry and a change for the monitor each', async () => {
  const published = bed.journal.published;
  const first = taken(await take('enno', { ids: ['water-burst'] }));
  expect(first.created).toEqual(['water-pressure-drop', 'water-flow-high', 'water-burst']);
  expect(bed.journal.published).toBeGreaterThan(published);
  const stored = await bed.records.rules.get('water-burst');
  expect(stored).toEqual({ ...ruleOfDefault(findDefaultRule('water-burst')!), version: 1 });
  const [version] = await bed.records.rules.versions('water-burst');
  expect(version?.actor).toBe('enno');

  const again = taken(await take('enno', { ids: ['water-burst'] }));
  expect(again).toEqual({ created: [], present: first.created, refused: [] });
});

it('leaves alone what somebody edited or removed, and refuses what could only be deaf without it', async () => {
  const rule = { ...ruleOfDefault(findDefaultRule('water-pressure-drop')!), name: '本地压力骤降' };
  await bed.call('PUT', '/api/v1/rules/water-pressure-drop', { as: 'enno', body: rule });
  await take('enno', { ids: ['gas-manhole'] });
  await bed.call('DELETE', '/api/v1/rules/gas-manhole', { as: 'enno' });
  expect(await stateOf('gas-manhole')).toBe('removed');

  const rest = taken(await take('enno'));
  expect(rest.present).toEqual(['water-pressure-drop', 'water-flow-high', 'water-burst']);
  expect(rest.refused).toEqual(['gas-manhole', 'biogas-manholes', 'biogas-level']);
  expect(rest.created).toHaveLength(DEFAULT_RULES.length - rest.present.length - rest.refused.length);
  expect((await bed.records.rules.get('water-pressure-drop'))?.name).toBe('本地压力骤降');

  const again = taken(await take('root'));
  expect(again.created).toEqual([]);
  expect(again.refused).toEqual(rest.refused);
});
