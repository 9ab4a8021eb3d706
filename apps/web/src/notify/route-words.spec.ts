import { words } from '../text/words';
import { freeId, routeFault, tierWords, withItem } from './route-words';
import type { Route, Tier } from './notify-data';

const names = {
  orgs: [],
  rotas: [{ id: 'desk', name: '运行中心', orgId: 'city', shifts: [], exceptions: [], gaps: [] }],
};
const tier = (audiences: Tier['audiences'], afterSeconds = 0): Tier => ({ afterSeconds, audiences });
const route = (over: Partial<Route> = {}): Route => ({
  id: 'r',
  orgId: 'city',
  about: 'incidents',
  groups: [],
  from: 'yellow',
  tiers: [tier([{ kind: 'rota', rotaId: 'desk' }])],
  ...over,
});

it.each([
  [0, tier([{ kind: 'rota', rotaId: 'desk' }]), '立即 值班表“运行中心”'],
  [1, tier([{ kind: 'role', role: 'engineer', of: 'owner' }, { kind: 'recipient', recipientId: 'li' }], 600), '再过 10 分仍无人确认 权属单位的工程师、li'],
  [1, tier([{ kind: 'role', role: 'chief', of: 'line' }], 60), '再过 1 分仍无人确认 权属单位及上级的chief'],
])('tier %i', (index, each, expected) => expect(tierWords(words('zh'), each, index, names)).toBe(expected)); // prettier-ignore

it.each([
  [route(), null],
  [route({ orgId: '' }), 'org'],
  [route({ tiers: [tier([])] }), 'audience'],
  [route({ tiers: [tier([{ kind: 'recipient', recipientId: ' ' }])] }), 'audience'],
  [route({ tiers: [tier([{ kind: 'rota', rotaId: '' }])] }), 'audience'],
])('a route that lacks something says what', (each, fault) => expect(routeFault(each)).toBe(fault));

it('finds an id that is free, and puts an item into its place', () => {
  const taken = [{ id: 'route-2' }, { id: 'route-3' }];
  expect([freeId('route', []), freeId('route', taken)]).toEqual(['route-1', 'route-4']);
  expect(withItem(taken, { id: 'x' }).map(({ id }) => id)).toEqual(['route-2', 'route-3', 'x']);
  expect(withItem(taken, taken[0]!)).toEqual(taken);
});
