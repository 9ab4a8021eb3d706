import type { AlarmShape, AssetShape } from '@anmai/wire';
import { alarmSample } from './alarm-sample';
import { looksOf } from './asset-state';

const asset = (blind: boolean): AssetShape => ({
  id: 'well-1',
  kind: 'gas.well',
  name: '井',
  geometry: null,
  parentId: null,
  orgId: 'o',
  links: [],
  properties: {},
  version: 1,
  state: { severity: null, blind, unacknowledged: false },
});
const over = alarmSample({ id: 'over', severity: 'red', condition: 'cleared' });
const orange = alarmSample({ id: 'orange', acknowledged: true });
const blue = alarmSample({ id: 'blue', severity: 'blue', acknowledged: true });
const blind = alarmSample({ id: 'blind', severity: 'yellow', condition: 'blind', acknowledged: true });
const closed = alarmSample({ id: 'closed', closedAt: '2026-11-22T03:00:00Z' });

it.each<[string, AlarmShape[], boolean, string]>([
  ['nothing', [], false, 'undefined'],
  ['a closed alarm', [closed], false, 'undefined'],
  ['the worst of two', [blue, orange], false, 'orange'],
  ['a live one before one that is over, either way round', [over, blue], false, 'blue fresh'],
  ['a live one before one that is over', [blue, over], false, 'blue fresh'],
  ['over alone is hollow', [over], false, 'red over fresh'],
  ['a blind alarm keeps its severity', [blind], false, 'yellow blind'],
  ['blind by the list alone', [], true, 'null blind'],
])('%s', (_name, alarms, blindAsset, expected) => {
  const look = looksOf([asset(blindAsset)], alarms).get('well-1');
  const words =
    look &&
    [
      look.severity ?? 'null',
      look.over && 'over',
      look.blind && 'blind',
      look.unacknowledged && 'fresh',
    ].filter(Boolean);
  expect(words?.join(' ') ?? 'undefined').toBe(expected);
});
