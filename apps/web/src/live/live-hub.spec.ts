import { alarmSample } from '../alarms/alarm-sample';
import { isNewRed } from './live-hub';

const red = alarmSample({ id: 'a', severity: 'red' });

it.each([
  ['a first red', red, undefined, true],
  ['escalated to red', red, { ...red, severity: 'orange' as const }, true],
  ['red again', red, red, false],
  ['orange', { ...red, severity: 'orange' as const }, undefined, false],
  ['red that somebody has seen', { ...red, acknowledged: true }, undefined, false],
  ['red that is over', { ...red, condition: 'cleared' as const }, undefined, false],
])('%s', (_name, alarm, before, sounds) => expect(isNewRed(alarm, before)).toBe(sounds));
