import { conditionSchema } from '@anmai/wire';
import { withValue } from './condition-fields';
import { CONDITION_TYPES, sourceOf, starterOf } from './condition-starters';
import { variantsOf } from './condition-variants';

const filled = (type: (typeof CONDITION_TYPES)[number]) => {
  const starter = starterOf(type);
  const limited = 'limits' in starter ? withValue(starter, 'limits.0.above', 5) : starter;
  const targeted = type === 'forecast' ? withValue(limited, 'target.above', 3) : limited;
  return type === 'composite' ? withValue(targeted, 'of', [{ ruleId: 'a' }]) : targeted;
};

it.each(CONDITION_TYPES)(
  '%s: once its figures are given, each of its forms is one that the server takes',
  type => {
    const condition = filled(type);
    expect(conditionSchema.safeParse(condition).error).toBeUndefined();
    for (const variant of variantsOf(condition)) {
      expect(variant.options.map(({ form }) => form)).toContain(variant.chosen);
      for (const { form, made } of variant.options) {
        const changed = withValue(condition, variant.path, made);
        expect([form, conditionSchema.safeParse(changed).error]).toEqual([form, undefined]);
        expect(variantsOf(changed).find(({ path }) => path === variant.path)?.chosen).toBe(form);
      }
    }
  },
);

it('keeps the limits when the type changes', () => {
  const before = filled('threshold');
  expect(starterOf('changepoint', before)).toEqual({
    type: 'changepoint',
    limits: [{ severity: 'yellow', above: 5 }],
  });
  expect(starterOf('noData', before)).not.toHaveProperty('limits');
});

it('begins a source with the day it is on', () => {
  const now = Date.parse('2026-11-28T00:00:00Z');
  expect(sourceOf('engineer', now)).toEqual({ kind: 'engineer', name: '', signedOn: '2026-11-28' });
  expect(sourceOf('assumption', now)).toMatchObject({ reviewBy: '2027-05-29' });
});
