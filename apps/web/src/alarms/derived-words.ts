import type { Condition } from '@anmai/alarms';
import { fullTime, readingText, unitText, valueText, wallTime } from '../text/format';
import { spanText, type TextKey, type Words } from '../text/words';

type Derived = Readonly<Record<string, number | string>>;
/** A forecast this far away, in seconds: nothing moves towards the limit. The server says a thousand years. */
const FAR_SECONDS = 100 * 365 * 86_400;

/**
 * What a limit was on, in words: a slope, a step, the time left. `unit`: of the sensor. `condition`: of the rule, where it
 * is known; it names the target of a forecast. null: nothing to say, as with a plain threshold.
 */
export function derivedWords(
  words: Words,
  derived: Derived | undefined,
  unit: string,
  condition: Condition | null,
): string | null {
  if (derived === undefined) return null;
  const number = (name: string): number | null => {
    const value = derived[name];
    return typeof value === 'number' ? value : null;
  };
  const has = (...names: readonly string[]): boolean => names.every(name => number(name) !== null);
  const text = (name: string): string => readingText(number(name));
  const own = unitText(unit);
  const { t } = words;
  const span = (name: string): string => spanText(words, (number(name) ?? 0) * 1_000);

  if (has('fromValue', 'toValue', 'spanSeconds'))
    return t('derived.rate', { span: span('spanSeconds'), from: text('fromValue'), to: text('toValue'), unit: own }).trim();
  if (has('slope', 'slopeLow', 'slopeHigh', 'spanSeconds')) {
    const [, slopeUnit = own, per = 'month'] = /^(.*)\/(\w+)$/.exec(String(derived['unit'] ?? '')) ?? [];
    return t('derived.trend', {
      per: t(`per.${per}` as TextKey), slope: text('slope'), low: text('slopeLow'), high: text('slopeHigh'),
      unit: unitText(slopeUnit), span: span('spanSeconds'),
    });
  }
  if (has('level', 'limitSecondsEarliest')) return forecastWords(words, number, own, condition);
  if (has('stepAt', 'stepSize', 'levelBefore', 'levelAfter')) {
    const day = wallTime(number('stepAt') ?? 0).day;
    return t('derived.changepoint', { day, size: text('stepSize'), unit: own, before: text('levelBefore'), after: text('levelAfter') });
  }
  if (has('smallestStep')) return t('derived.noStep');
  if (has('departure', 'expected')) return baselineWords(words, number, own);
  if (has('lastNight', 'usualNight', 'excess'))
    return t('derived.nightFlow', { last: text('lastNight'), usual: text('usualNight'), excess: text('excess'), unit: own, percent: valueText(number('excessPercent')) });
  if (has('since', 'lowest', 'highest'))
    return t('derived.flatLine', { time: fullTime(number('since') ?? 0), low: text('lowest'), high: text('highest') });
  if (has('unusable', 'of')) return t('derived.quality', { n: number('unusable') ?? 0, of: number('of') ?? 0 });
  return null;
} // prettier-ignore

type NumberOf = (name: string) => number | null;

function forecastWords(words: Words, number: NumberOf, own: string, condition: Condition | null): string {
  const { t } = words;
  const of = condition?.type === 'forecast' ? condition.target : null;
  const border = of === null ? null : 'above' in of ? of.above : of.below;
  const unit =
    condition?.type === 'forecast' && condition.unit !== undefined ? unitText(condition.unit) : own;
  const target = border === null ? t('derived.theLimit') : `${valueText(border)} ${unit}`.trim();
  const level = `${readingText(number('level'))} ${own}`.trim();
  const seconds = number('value') ?? 0;
  if (seconds <= 0) return t('derived.reached', { target, level });
  if (seconds >= FAR_SECONDS) return t('derived.far', { target, level });
  const earliest = spanText(words, (number('limitSecondsEarliest') ?? 0) * 1_000);
  return t('derived.forecast', { target, level, span: spanText(words, seconds * 1_000), earliest });
}

function baselineWords({ t }: Words, number: NumberOf, own: string): string {
  const departure = number('departure') ?? 0;
  const expected = `${readingText(number('expected'))} ${own}`.trim();
  const said = t(departure < 0 ? 'derived.below' : 'derived.above', {
    n: Math.abs(departure).toFixed(1),
    expected,
  });
  const hours = number('meanOverHours');
  return hours === null ? said : said + t('derived.meanOver', { n: hours });
}
