import type { Condition } from '@anmai/alarms';
import { words } from '../text/words';
import { derivedWords } from './derived-words';

const FORECAST: Condition = { type: 'forecast', per: 'minute', target: { above: 3 }, limits: [] };
const CASES = [
  ['rate', { value: -0.2, unit: 'MPa/hour', fromValue: 0.3, toValue: 0.25, spanSeconds: 900 }, 'MPa', null,
    '15 分内由 0.300 变为 0.250 MPa'],
  ['trend', { value: 6, unit: 'mm/month', slope: 8.2, slopeLow: 6, slopeHigh: 10, p: 0, summaries: 32, spanSeconds: 86_400 * 120 }, 'mm', null,
    '每月变化 8.20 mm，可信范围 6.00 至 10.00，回看 120 天'],
  ['forecast', { value: 1_680, unit: 's', level: 2.1, limitSecondsEarliest: 1_200, limitSecondsLatest: 2_000 }, 'm', FORECAST,
    '约 28 分后到达 3 m（最早 20 分），当前 2.10 m'],
  ['a forecast of an unknown rule', { value: 1_680, unit: 's', level: 2.1, limitSecondsEarliest: 1_200 }, 'm', null,
    '约 28 分后到达 目标值（最早 20 分），当前 2.10 m'],
  ['a forecast that came true', { value: 0, unit: 's', level: 3.1, limitSecondsEarliest: 0 }, 'm', FORECAST,
    '已到达 3 m，当前 3.10 m'],
  ['a forecast of nothing', { value: 31_557_600_000, unit: 's', level: 2, limitSecondsEarliest: 9 }, 'm', FORECAST,
    '没有趋向 3 m，当前 2.00 m'],
  ['changepoint', { value: 12.3, unit: 'mm', stepAt: Date.UTC(2011, 2, 11), stepSize: 12.3, levelBefore: 1, levelAfter: 13.3, noiseSigma: 1 }, 'mm', null,
    '2011-03-11 突变 12.30 mm：由 1.00 到 13.30'],
  ['baseline', { value: 8.2, unit: 'σ', expected: 20, scale: 2, departure: 8.2, pattern: 'day' }, 'm3/h', null,
    '比常态高 8.2 个标准差，常态约 20.00 m³/h'],
  ['baseline, over hours, below', { value: 5, unit: 'σ', expected: 20, departure: -5, meanOverHours: 6 }, 'm3/h', null,
    '比常态低 5.0 个标准差，常态约 20.00 m³/h（6 小时平均）'],
  ['nightFlow', { value: 4, unit: 'm3/h', lastNight: 14, usualNight: 10, excess: 4, excessPercent: 40 }, 'm3/h', null,
    '昨夜最小 14.00，往常 10.00，多 4.00 m³/h（40%）'],
  ['flatLine', { value: 7_200, unit: 's', since: Date.UTC(2026, 0, 1), lowest: 1, highest: 1, tolerance: 0 }, 'm', null,
    '自 2026-01-01 08:00:00 起在 1.00 至 1.00 之间不动'],
  ['quality', { value: 0.6, unit: '', unusable: 6, of: 10 }, 'm', null, '最近 10 条读数中 6 条不可用'],
  ['what is still learning', { samples: 3, samplesNeeded: 20 }, 'm', null, null],
] as const; // prettier-ignore

it.each(CASES)('%s', (_name, derived, unit, condition, expected) =>
  expect(derivedWords(words('zh'), derived, unit, condition)).toBe(expected),
);
it('says nothing of a plain threshold', () =>
  expect(derivedWords(words('zh'), undefined, 'm', null)).toBeNull());
it('leaves no hole in English', () => {
  for (const [, derived, unit, condition] of CASES)
    expect(derivedWords(words('en'), derived, unit, condition) ?? '').not.toMatch(/[{}]/);
});
