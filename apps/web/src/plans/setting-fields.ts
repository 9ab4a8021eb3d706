import { DEFAULT_LIFE_SETTINGS, type LifeSettings } from '@anmai/alarms';
import { SEVERITIES } from '@anmai/catalog';
import { valueAt } from '../rules/condition-fields';
import type { TextKey } from '../text/words';

/** One figure of the settings. `path` leads to it: `reAlarmMs.red`. */
export interface SettingField {
  readonly path: string;
  readonly kind: 'span' | 'count' | 'closeNeeds';
  /** What an empty field means; without it the field has to be filled. */
  readonly empty?: TextKey;
  readonly unit?: TextKey;
  /** Where the default comes from; all others are from memory. */
  readonly source?: TextKey;
}

/** Of each severity, the worst first. */
export const PER_SEVERITY = ['shelveMsMax', 'reAlarmMs', 'closeNeeds'] as const;
export type PerSeverityName = (typeof PER_SEVERITY)[number];
export const WORST_FIRST = [...SEVERITIES].reverse();

const DUTY_SOURCE = 'settings.suqian';
export const DUTIES: readonly SettingField[] = (['identify', 'respond', 'feedback'] as const).map(kind => ({
  path: `dutyMs.${kind}`,
  kind: 'span',
  source: DUTY_SOURCE,
}));

export const OTHERS: readonly SettingField[] = [
  { path: 'clearReadingsMin', kind: 'count', unit: 'rule.samples' },
  { path: 'chatter.activationsMin', kind: 'count', unit: 'settings.times' },
  { path: 'chatter.withinMs', kind: 'span' },
  { path: 'chatter.withinIntervals', kind: 'count', unit: 'rule.intervals' },
  { path: 'chatter.quietMs', kind: 'span' },
];

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Still the figure that the program came with, and no rule behind it: nobody has decided it. */
export const isProvisional = (settings: LifeSettings, path: string, hasSource = false): boolean =>
  !hasSource && same(valueAt(settings, path), valueAt(DEFAULT_LIFE_SETTINGS, path));

/** Paths of what differs, for the count on the button. */
export function changedPaths(before: LifeSettings, after: LifeSettings): string[] {
  const paths = [
    ...PER_SEVERITY.flatMap(name => SEVERITIES.map(severity => `${name}.${severity}`)),
    ...[...DUTIES, ...OTHERS].map(field => field.path),
  ];
  return paths.filter(path => !same(valueAt(before, path), valueAt(after, path)));
}
