import {
  DEFAULT_LIFE_SETTINGS as DEFAULTS,
  SETTING_MS_MAX,
  settingsFaults,
  type LifeSettings,
} from './settings';

it('takes its own defaults', () => {
  expect(settingsFaults(DEFAULTS)).toEqual([]);
});

it.each<[string, Partial<LifeSettings>, string]>([
  [
    'shelving for weeks',
    { shelveMsMax: { ...DEFAULTS.shelveMsMax, blue: SETTING_MS_MAX + 1 } },
    'shelveMsMax.blue',
  ],
  ['negative shelving', { shelveMsMax: { ...DEFAULTS.shelveMsMax, red: -1 } }, 'shelveMsMax.red'],
  ['a re-alarm each moment', { reAlarmMs: { ...DEFAULTS.reAlarmMs, red: 0 } }, 'reAlarmMs.red'],
  ['no number', { reAlarmMs: { ...DEFAULTS.reAlarmMs, red: Number.NaN } }, 'reAlarmMs.red'],
  [
    'respond before identify',
    { dutyMs: { identify: 60_000, respond: 59_999, feedback: 99_999 } },
    'dutyMs.respond',
  ],
  ['a close without readings', { clearReadingsMin: 0 }, 'clearReadingsMin'],
  ['chattering at once', { chatter: { ...DEFAULTS.chatter, activationsMin: 1 } }, 'chatter.activationsMin'],
  [
    'a window in which a sensor cannot activate so often',
    { chatter: { ...DEFAULTS.chatter, withinIntervals: 3 } },
    'chatter.withinIntervals',
  ],
])('names %s', (_name, over, key) => {
  const faults = settingsFaults({ ...DEFAULTS, ...over });
  expect(faults).toHaveLength(1);
  expect(faults[0]).toContain(`${key} is `);
});

it('allows that a severity is never shelved or never called again', () => {
  const never: LifeSettings = {
    ...DEFAULTS,
    shelveMsMax: { ...DEFAULTS.shelveMsMax, red: 0 },
    reAlarmMs: { ...DEFAULTS.reAlarmMs, blue: null },
  };
  expect(settingsFaults(never)).toEqual([]);
});
