import type { Condition, ConditionType } from '@anmai/alarms';
import type { TextKey } from '../text/words';

/** One parameter of a condition. `path` leads to it within the condition: `after.missed`. */
export interface Field {
  readonly path: string;
  readonly label: TextKey;
  readonly kind: 'number' | 'per' | 'direction' | 'severity' | 'need' | 'related';
  readonly optional?: boolean;
  /** Unit that is shown behind. */
  readonly unit?: TextKey;
}

const WINDOW: Field = {
  path: 'window.minutes', label: 'rule.window', kind: 'number', optional: true, unit: 'rule.minutes',
}; // prettier-ignore
const PER: Field = { path: 'per', label: 'rule.per', kind: 'per' };
const DIRECTION: Field = { path: 'direction', label: 'rule.direction', kind: 'direction', optional: true };

/** What may be set of each type, beside its limits and holds. */
const OWN_FIELDS: Readonly<Record<ConditionType, readonly Field[]>> = {
  threshold: [],
  rate: [PER, WINDOW],
  trend: [PER, { ...WINDOW, path: 'window.days', unit: 'rule.days' }],
  forecast: [PER, WINDOW],
  changepoint: [DIRECTION],
  baseline: [DIRECTION],
  nightFlow: [],
  flatLine: [{ path: 'tolerance', label: 'rule.tolerance', kind: 'number' }],
  quality: [{ path: 'of', label: 'rule.of', kind: 'number', optional: true, unit: 'rule.samples' }],
  noData: [{ path: 'severity', label: 'rule.severity', kind: 'severity', optional: true }],
  composite: [
    { path: 'need', label: 'rule.need', kind: 'need' },
    { path: 'related', label: 'rule.related', kind: 'related' },
    { path: 'withinSeconds', label: 'rule.within', kind: 'number', unit: 'rule.seconds' },
    { path: 'severity', label: 'rule.severity', kind: 'severity' },
  ],
};

/** Fields whose name depends on which form the condition has, such as `after.missed` or `after.seconds`. */
export function fieldsOf(condition: Condition): readonly Field[] {
  const own = OWN_FIELDS[condition.type];
  if (condition.type === 'noData') {
    const name = isJson(condition.after) && 'seconds' in condition.after ? 'seconds' : 'missed';
    const unit = name === 'missed' ? 'rule.intervals' : 'rule.seconds';
    return [{ path: `after.${name}`, label: 'rule.after', kind: 'number', unit }, ...own];
  }
  if (condition.type === 'composite') {
    const isNumber = typeof condition.need === 'object';
    const isFar = typeof condition.related === 'object';
    return own.map((field): Field => {
      if (field.path === 'need' && isNumber) return { ...field, path: 'need.atLeast', kind: 'number' };
      if (field.path === 'related' && isFar)
        return { ...field, path: 'related.withinMeters', kind: 'number', unit: 'rule.meters' };
      return field;
    });
  }
  const target: Field[] = condition.type === 'forecast' ? [targetField(condition.target)] : [];
  return [...target, ...own.map(field => asGiven(field, condition)), ...holdFields('raiseAfter', condition), ...holdFields('clearAfter', condition)];
} // prettier-ignore

/** Emptied while it is typed anew, it goes on as the rising one. */
function targetField(target: object | undefined): Field {
  const side = target !== undefined && 'below' in target ? 'below' : 'above';
  return { path: `target.${side}`, label: 'rule.target', kind: 'number' };
}

/** A window keeps the unit of time that the rule gives it in. */
function asGiven(field: Field, condition: Condition): Field {
  const given = 'window' in condition ? Object.keys(condition.window ?? {})[0] : undefined;
  if (given === undefined || !field.path.startsWith('window.')) return field;
  return { ...field, path: `window.${given}`, unit: WINDOW_UNITS[given] ?? 'rule.seconds' };
}
const WINDOW_UNITS: Readonly<Record<string, TextKey>> = {
  seconds: 'rule.seconds',
  minutes: 'rule.minutes',
  hours: 'rule.hours',
  days: 'rule.days',
};

function holdFields(name: 'raiseAfter' | 'clearAfter', condition: Condition): Field[] {
  const hold = valueAt(condition, name);
  const has = (key: string): boolean => typeof hold === 'object' && hold !== null && key in hold;
  const common = { label: `rule.${name}`, kind: 'number', optional: true } as const;
  if (has('seconds')) return [{ ...common, path: `${name}.seconds`, unit: 'rule.seconds' }];
  const samples: Field = { ...common, path: `${name}.samples`, unit: 'rule.samples' };
  // k of the last n: n is shown once there is a k for it.
  return has('samples') ? [samples, { ...common, path: `${name}.of`, label: 'rule.ofLast', unit: 'rule.samples' }] : [samples];
} // prettier-ignore

type Json = Readonly<Record<string, unknown>> | readonly unknown[];
const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null;

/** What stands at `limits.0.above`; undefined: nothing. */
export function valueAt(condition: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, key) => (isJson(value) ? (value as Readonly<Record<string, unknown>>)[key] : undefined),
      condition,
    );
}

/** A copy with that value at the path; undefined takes it away, and what is left empty by it. */
export function withValue<T>(condition: T, path: string, value: unknown): T {
  const [key = '', ...rest] = path.split('.');
  const inner = isJson(condition) ? condition : {};
  const below = (inner as Readonly<Record<string, unknown>>)[key];
  const next = rest.length === 0 ? value : withValue(below, rest.join('.'), value);
  if (Array.isArray(inner))
    return (inner as readonly unknown[]).map((item, i) => (String(i) === key ? next : item)) as T;
  const { [key]: _, ...others } = inner as Record<string, unknown>;
  const isEmpty = next === undefined || (rest.length > 0 && isJson(next) && Object.keys(next).length === 0);
  return (isEmpty ? others : { ...inner, [key]: next }) as T;
}
