import { confirmed, provisional, type Mark, type Words } from '../checkup/mark';
import type { RegimeRow, RegimeRuleSet, RowCondition } from './rule-set';

const w = (zh: string, en: string): Words => ({ zh, en });
const row = (
  id: string,
  name: Words,
  when: RowCondition,
  years: number | 'exempt',
  mark: Mark,
  beforeUse = false,
): RegimeRow => ({
  id,
  name,
  when,
  mark,
  period: years === 'exempt' ? { kind: 'exempt' } : { kind: beforeUse ? 'beforeUse' : 'years', years },
});

const OWN = provisional('default of the platform; no rule text gives it');
const DEFAULTS = {
  firstWithinMonths: { value: 12, mark: OWN },
  designLifeYears: { value: 50, mark: provisional('GB 50068 ordinary structures, from memory') },
  soonDays: 90,
  openDays: 30,
  patrolEveryDays: { value: null, mark: OWN },
} as const;
const NO_DEMAND = { anyOf: [], mark: OWN };

const ZZ = provisional('郑州 征求意见稿 2025-11-18 [5][6][7][8]: a draft');
const HOUSING: RowCondition = { use: ['housing'] };

/** 郑州: 城镇房屋安全管理"三项制度"试点实施方案及工作细则 (征求意见稿). */
export const ZHENGZHOU: RegimeRuleSet = {
  id: 'zhengzhou',
  version: 1,
  name: w('郑州（征求意见稿）', 'Zhengzhou (draft)'),
  status: 'draft',
  documents: ['《城镇房屋安全管理“三项制度”试点实施方案及工作细则》征求意见稿, 2025-11-18'],
  rows: [
    row('housing-beyond-life', w('住宅，超设计使用年限', 'housing beyond its design life'), { ...HOUSING, designLifePassed: true }, 5, ZZ),
    row('housing-30', w('住宅，满 30 年', 'housing of 30 years and more'), { ...HOUSING, ageFrom: 30 }, 10, ZZ),
    row('housing-young', w('住宅，未满 30 年', 'housing below 30 years'), HOUSING, 'exempt', ZZ),
    row('other-beyond-life', w('非住宅，超设计使用年限', 'not housing, beyond its design life'), { use: ['public', 'industrial', 'other'], designLifePassed: true }, 2, ZZ),
  ],
  firstRounds: [
    { when: HOUSING, builtFrom: null, builtTo: 1985, year: 2026, mark: ZZ },
    { when: HOUSING, builtFrom: 1986, builtTo: 1990, year: 2027, mark: ZZ },
    { when: HOUSING, builtFrom: 1991, builtTo: 1995, year: 2028, mark: ZZ },
  ],
  ...DEFAULTS,
  scale: { value: 'checkup-pass', mark: ZZ },
  inspectorsMin: { value: 1, mark: OWN },
  agency: NO_DEMAND,
}; // prettier-ignore

const CS = provisional('长沙 技术指南(试行), as reported 2025-11-13 [3]');
const SELF_BUSINESS: RowCondition = { ownership: ['selfBuilt'], isBusinessUse: true };
const SELF_PRIVATE: RowCondition = { ownership: ['selfBuilt'], isBusinessUse: false };
const MULTI: RowCondition = { use: ['housing'], ownership: ['multiOwner'] };
const PUBLIC: RowCondition = { use: ['public'], ownership: ['multiOwner', 'single'] };

/** 长沙: 城镇房屋结构安全体检技术指南(试行). */
export const CHANGSHA: RegimeRuleSet = {
  id: 'changsha',
  version: 1,
  name: w('长沙（试行）', 'Changsha (trial)'),
  status: 'trial',
  documents: ['《城镇房屋结构安全体检技术指南（试行）》, 2025-11'],
  rows: [
    row('self-business-25', w('经营性自建房，超 25 年', 'self-built, business, above 25 years'), { ...SELF_BUSINESS, ageAbove: 25 }, 2, CS, true),
    row('self-business', w('经营性自建房', 'self-built, business'), SELF_BUSINESS, 5, CS, true),
    row('self-beyond-life', w('非经营性自建房，超设计使用年限', 'self-built, private, beyond its design life'), { ...SELF_PRIVATE, designLifePassed: true }, 5, CS),
    row('self-25', w('非经营性自建房，超 25 年', 'self-built, private, above 25 years'), { ...SELF_PRIVATE, ageAbove: 25 }, 10, CS),
    row('self-young', w('非经营性自建房，25 年及以内', 'self-built, private, up to 25 years'), SELF_PRIVATE, 'exempt', CS),
    row('public-beyond-life', w('公共建筑，超设计使用年限', 'public, beyond its design life'), { ...PUBLIC, designLifePassed: true }, 2, CS),
    row('public-25', w('公共建筑，超 25 年', 'public, above 25 years'), { ...PUBLIC, ageAbove: 25 }, 5, CS),
    row('public-young', w('公共建筑，25 年及以内', 'public, up to 25 years'), PUBLIC, 'exempt', CS),
    row('multi-beyond-life', w('多业主住宅，超设计使用年限', 'housing of many owners, beyond its design life'), { ...MULTI, designLifePassed: true }, 5, CS),
    row('multi-25', w('多业主住宅，超 25 年', 'housing of many owners, above 25 years'), { ...MULTI, ageAbove: 25 }, 10, CS),
    row('multi-young', w('多业主住宅，25 年及以内', 'housing of many owners, up to 25 years'), MULTI, 'exempt', CS),
  ],
  firstRounds: [],
  ...DEFAULTS,
  scale: { value: 'checkup-degradation', mark: CS },
  inspectorsMin: { value: 1, mark: OWN },
  agency: NO_DEMAND,
}; // prettier-ignore

const NT = confirmed('南通 实施办法(试行), in force 2025-12-10, as reported [4][9]');
const CROWDED: RowCondition = { isCrowded: true };
/** Qualifications as the rule of 南通 names them. */
export const QUALIFICATIONS = {
  design: 'building-design', // 建筑工程设计资质
  testStructure: 'test-structure', // 专项检测：主体结构及装饰装修
  testFoundation: 'test-foundation', // 专项检测：地基基础
} as const;

/** 南通: 城镇房屋安全体检实施办法(试行). */
export const NANTONG: RegimeRuleSet = {
  id: 'nantong',
  version: 1,
  name: w('南通（试行）', 'Nantong (trial)'),
  status: 'trial',
  documents: ['《城镇房屋安全体检实施办法（试行）》, 2025-12-10'],
  rows: [
    row('self-business-25', w('经营性自建房，超 25 年', 'self-built, business, above 25 years'), { ...SELF_BUSINESS, ageAbove: 25 }, 2, NT),
    row('crowded-25', w('人员密集场所，超 25 年', 'crowded place, above 25 years'), { ...CROWDED, ageAbove: 25 }, 5, NT),
    row('self-business', w('经营性自建房', 'self-built, business'), SELF_BUSINESS, 5, NT),
    row('multi-prefab-25', w('多户预制板住宅，超 25 年', 'housing of many households with precast slabs, above 25 years'), { ...MULTI, hasPrefabSlabs: true, ageAbove: 25 }, 5, NT),
    row('housing-25', w('住宅，超 25 年', 'housing above 25 years'), { ...HOUSING, ageAbove: 25 }, 10, NT),
    row('crowded-young', w('人员密集场所，25 年及以内', 'crowded place, up to 25 years'), CROWDED, 'exempt', NT),
    row('housing-young', w('住宅，25 年及以内', 'housing up to 25 years'), HOUSING, 'exempt', NT),
  ],
  firstRounds: [],
  ...DEFAULTS,
  scale: { value: 'checkup-pass', mark: provisional('the result words of 南通 were not found; 郑州’s are used') },
  inspectorsMin: { value: 2, mark: NT },
  agency: {
    anyOf: [[QUALIFICATIONS.design], [QUALIFICATIONS.testStructure, QUALIFICATIONS.testFoundation]],
    mark: NT,
  },
}; // prettier-ignore

/** No rule at all: to be filled in. Of every building it says that nothing is laid down. */
export const BLANK: RegimeRuleSet = {
  id: 'blank',
  version: 1,
  name: w('空白规则', 'blank rules'),
  status: 'blank',
  documents: [],
  rows: [],
  firstRounds: [],
  ...DEFAULTS,
  scale: { value: 'checkup-pass', mark: OWN },
  inspectorsMin: { value: 1, mark: OWN },
  agency: NO_DEMAND,
};

export const REGIME_RULE_SETS: readonly RegimeRuleSet[] = [ZHENGZHOU, CHANGSHA, NANTONG, BLANK];
