import type { Condition } from '@anmai/alarms';
import type { TextKey } from '../text/words';
import { valueAt } from './condition-fields';

/** A part of a condition that has several forms, such as a silence in intervals or in seconds. */
export interface Variant {
  readonly path: string;
  readonly label: TextKey;
  /** Form that the condition has. */
  readonly chosen: string;
  readonly options: readonly { readonly form: string; readonly label: TextKey; readonly made: unknown }[];
}

const SECONDS_FIRST = 60;
const WINDOWS = ['seconds', 'minutes', 'hours', 'days'] as const;
const keyOf = (value: unknown): string | undefined =>
  typeof value === 'object' && value !== null ? Object.keys(value)[0] : undefined;

function holdVariant(condition: Condition, path: 'raiseAfter' | 'clearAfter'): Variant {
  const hold = valueAt(condition, path);
  return {
    path,
    label: `rule.${path}`,
    chosen: keyOf(hold) === 'seconds' ? 'seconds' : keyOf(hold) === undefined ? 'none' : 'samples',
    options: [
      { form: 'none', label: 'rule.atOnce', made: undefined },
      { form: 'samples', label: 'rule.bySamples', made: { samples: 2 } },
      { form: 'seconds', label: 'rule.bySeconds', made: { seconds: SECONDS_FIRST } },
    ],
  };
}

function windowVariant(condition: Condition): Variant {
  return {
    path: 'window',
    label: 'rule.window',
    chosen: keyOf(valueAt(condition, 'window')) ?? 'none',
    options: [
      { form: 'none', label: 'rule.default', made: undefined },
      ...WINDOWS.map(form => ({ form, label: `rule.${form}` as TextKey, made: { [form]: 1 } })),
    ],
  };
}

/** Parts whose form can be chosen, by the condition's type. */
export function variantsOf(condition: Condition): readonly Variant[] {
  switch (condition.type) {
    case 'noData':
      return [
        {
          path: 'after',
          label: 'rule.after',
          chosen: keyOf(condition.after) ?? 'missed',
          options: [
            { form: 'missed', label: 'rule.byIntervals', made: { missed: 3 } },
            { form: 'seconds', label: 'rule.bySeconds', made: { seconds: 600 } },
          ],
        },
      ];
    case 'composite':
      return compositeVariants(condition);
    default: {
      const holds = [holdVariant(condition, 'raiseAfter'), holdVariant(condition, 'clearAfter')];
      if (condition.type === 'forecast')
        return [targetVariant(condition), windowVariant(condition), ...holds];
      return condition.type === 'rate' || condition.type === 'trend'
        ? [windowVariant(condition), ...holds]
        : holds;
    }
  }
}

function targetVariant(condition: Extract<Condition, { type: 'forecast' }>): Variant {
  const chosen = keyOf(condition.target) ?? 'above';
  const value = valueAt(condition, `target.${chosen}`);
  return {
    path: 'target',
    label: 'rule.target',
    chosen,
    options: [
      { form: 'above', label: 'rule.rising', made: { above: value } },
      { form: 'below', label: 'rule.falling', made: { below: value } },
    ],
  };
}

const plain = (prefix: 'need' | 'related') => (form: string) => ({
  form,
  label: `${prefix}.${form}` as TextKey,
  made: form as unknown,
});

function compositeVariants({ need, related }: Extract<Condition, { type: 'composite' }>): Variant[] {
  return [
    {
      path: 'need',
      label: 'rule.need',
      chosen: typeof need === 'object' ? 'atLeast' : need,
      options: [
        ...['all', 'any'].map(plain('need')),
        { form: 'atLeast', label: 'rule.atLeastSome', made: { atLeast: 2 } },
      ],
    },
    {
      path: 'related',
      label: 'rule.related',
      chosen: typeof related === 'object' ? 'withinMeters' : related,
      options: [
        ...['sensor', 'asset', 'neighbours'].map(plain('related')),
        { form: 'withinMeters', label: 'rule.withinDistance', made: { withinMeters: 200 } },
      ],
    },
  ];
}
