import { words } from '../text/words';
import { alarmSample } from './alarm-sample';
import { decidingValue, fillOf, isSilence, limitText, shortSensorName, stateKey } from './alarm-text';

it.each([
  [{ above: 50, unit: '%LEL' }, '≥ 50 %LEL'],
  [{ above: 50, clearBelow: 45, unit: '%LEL', severity: 'orange' }, '≥ 50 %LEL'],
  [{ below: 0.14, unit: 'MPa' }, '≤ 0.14 MPa'],
  [{ missed: 2.5 }, '连续 2.5 个上报周期没有数据'],
  [{ missed: 2.5, expectedEverySeconds: 60 }, '无数据超过 2.5 个上报周期（每 1 分）'],
  [{ seconds: 900, expectedEverySeconds: 60 }, '15 分没有数据'],
  [{ above: 1, clearBelow: 0.5, unit: 'bool' }, '信号出现'],
  [{ above: 20, unit: 'mg/m3' }, '≥ 20 mg/m³'],
  [{ slope: 4, unit: 'mm' }, 'slope 4'],
  [{}, ''],
])('%o reads %s', (limit, expected) => expect(limitText(words('zh'), limit)).toBe(expected));

it.each([
  ['active', {}, 'solid', 'ack.open'],
  ['seen', { acknowledged: true }, 'solid', 'ack.done'],
  ['blind, whether seen or not', { condition: 'blind', acknowledged: true }, 'hatched', 'condition.blind'],
  ['over, seen by nobody', { condition: 'cleared' }, 'hollow', 'condition.clearedOpen'],
  ['over', { condition: 'cleared', acknowledged: true }, 'hollow', 'condition.cleared'],
  ['closed', { condition: 'cleared', closedAt: '2026-11-22T03:00:00Z' }, 'hollow', 'condition.closed'],
] as const)('%s', (_name, change, fill, key) => {
  const alarm = alarmSample({ id: 'a', ...change });
  expect([fillOf(alarm), stateKey(alarm)]).toEqual([fill, key]);
});

it('takes the last value there is', () => {
  const alarm = alarmSample({ id: 'a' });
  const readings = [
    ...alarm.evidence.readings,
    { at: '2026-11-22T02:43:07Z', value: null, quality: 9 as const },
  ];
  expect(decidingValue({ ...alarm, evidence: { ...alarm.evidence, readings } })).toBe(53.1);
  expect(decidingValue({ ...alarm, evidence: { ...alarm.evidence, readings: [] } })).toBeNull();
});

const silent = { ...alarmSample({ id: 'a' }).evidence, limit: { missed: 2.5, expectedEverySeconds: 60 } };

it('draws an alarm about silence as not seen, until it is over', () => {
  const alarm = alarmSample({ id: 'a', evidence: silent });
  expect([isSilence(alarm), fillOf(alarm), stateKey(alarm)]).toEqual([true, 'hatched', 'ack.open']);
  expect(fillOf({ ...alarm, condition: 'cleared' })).toBe('hollow');
  expect(isSilence(alarmSample({ id: 'b' }))).toBe(false);
});

it.each([
  ['人民路供水管 1 段 供水压力', '人民路供水管 1 段', '供水压力'],
  ['可燃气体', '人民路 1 号井', '可燃气体'],
  ['人民路 1 号井', '人民路 1 号井', '人民路 1 号井'],
])('calls %s of %s %s', (sensorName, assetName, expected) =>
  expect(shortSensorName(alarmSample({ id: 'a', sensorName, assetName }))).toBe(expected),
);
