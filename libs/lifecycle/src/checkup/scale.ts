import type { Words } from './mark';

/*
 * Four scales speak of a building, and two of them are of check-ups. They are types of their own: there is no order
 * between them, and nothing in this lib turns a value of one into a value of another.
 */

/** Result of a check-up (体检) where the rules know three words (郑州). */
export interface PassResult {
  readonly scale: 'checkup-pass';
  readonly value: 'pass' | 'basicPass' | 'fail';
}
/** Result of a check-up (体检) that says whether the structure got worse, and whether an appraisal starts (长沙). */
export interface DegradationResult {
  readonly scale: 'checkup-degradation';
  readonly degraded: boolean;
  readonly appraisalNeeded: boolean;
}
/** What a check-up may end with. The three scales below are never the result of one. */
export type CheckupResult = PassResult | DegradationResult;
export type CheckupScale = CheckupResult['scale'];

/** 自建房排查 (建办 2022-06, 技术要点): a preliminary judgement. */
export interface SurveyResult {
  readonly scale: 'self-built-survey';
  readonly value: 'serious' | 'some' | 'none';
}
/** 鉴定, JGJ 125: only an appraisal report gives it. */
export interface AppraisalGrade {
  readonly scale: 'jgj125';
  readonly value: 'A' | 'B' | 'C' | 'D';
}
/** 完损等级, 城住字(1984)678号: for planning of maintenance. */
export interface ConditionGrade {
  readonly scale: 'condition-1984';
  readonly value: 'intact' | 'basicallyIntact' | 'slightlyDamaged' | 'seriouslyDamaged' | 'dangerous';
}
export type AnyScaleValue = CheckupResult | SurveyResult | AppraisalGrade | ConditionGrade;

export const CHECKUP_SCALES = ['checkup-pass', 'checkup-degradation'] as const satisfies CheckupScale[];
export const PASS_VALUES = ['pass', 'basicPass', 'fail'] as const satisfies PassResult['value'][];

export const SCALE_WORDS: Readonly<Record<AnyScaleValue['scale'], Words>> = {
  'checkup-pass': { zh: '体检结论', en: 'check-up result' },
  'checkup-degradation': { zh: '体检结论（结构状态）', en: 'check-up result (structural state)' },
  'self-built-survey': { zh: '自建房排查结论', en: 'survey of self-built houses' },
  jgj125: { zh: 'JGJ 125 鉴定等级', en: 'JGJ 125 appraisal grade' },
  'condition-1984': { zh: '完损等级', en: 'condition grade' },
};

export const PASS_WORDS: Readonly<Record<PassResult['value'], Words>> = {
  pass: { zh: '通过', en: 'passed' },
  basicPass: { zh: '基本通过', en: 'basically passed' },
  fail: { zh: '不通过', en: 'failed' },
};

/** The result in the words of its own scale. */
export function resultWords(result: CheckupResult): Words {
  if (result.scale === 'checkup-pass') return PASS_WORDS[result.value];
  const { degraded, appraisalNeeded } = result;
  return {
    zh: `结构状态${degraded ? '有所降低' : '未见降低'}，${appraisalNeeded ? '需启动' : '无需'}结构安全性鉴定`,
    en: `structure ${degraded ? 'degraded' : 'not degraded'}, appraisal ${appraisalNeeded ? '' : 'not '}needed`,
  };
}

/** Does the result stop the use of the building until it is appraised or mended (不通过; 需启动鉴定)? */
export const isAdverse = (result: CheckupResult): boolean =>
  result.scale === 'checkup-pass' ? result.value === 'fail' : result.appraisalNeeded;
