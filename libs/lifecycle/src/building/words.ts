/** An answer to a question of the file; what nobody has looked up is `unknown`, which is never read as `no`. */
export const ANSWERS = ['yes', 'no', 'unknown'] as const;
export type Answer = (typeof ANSWERS)[number];

/** Families by which check-up forms and grading differ (buildings.md 1.3, 1.5). */
export const STRUCTURES = [
  'masonry', // 砌体
  'concrete', // 混凝土
  'steel', // 钢
  'timber', // 木、土木、石木
  'brickSlab', // 砖混，楼板为预制板
  'other',
  'unknown',
] as const;
export type Structure = (typeof STRUCTURES)[number];

/** What city rules tell apart (buildings.md 1.2): dwellings, public buildings, crowded places, what is let for business. */
export const USES = [
  'dwelling', // 住宅
  'public', // 公共建筑
  'crowded', // 人员密集场所
  'business', // 商业、办公
  'industrial', // 厂房、仓库
  'other',
  'unknown',
] as const;
export type Use = (typeof USES)[number];

export const OWNERSHIPS = [
  'multiOwner', // 多业主
  'singleOwner', // 单一业主
  'selfBuilt', // 自建房
  'public', // 公有、直管
  'other',
  'unknown',
] as const;
export type Ownership = (typeof OWNERSHIPS)[number];

/** `unknown` until someone has looked it up: a demolition must not be proposed on the strength of an empty field. */
export const PROTECTIONS = [
  'none',
  'heritage', // 文物保护单位、不可移动文物
  'historic', // 历史建筑
  'historicDistrict', // 历史文化街区内
  'unknown',
] as const;
export type Protection = (typeof PROTECTIONS)[number];

/** JGJ 125-2016 6.1.4. Set by an appraisal alone. */
export const GRADES = ['A', 'B', 'C', 'D'] as const;
export type Grade = (typeof GRADES)[number];

export const RENOVATION_KINDS = [
  'extension',
  'storeyAdded',
  'structureChanged',
  'decoration',
  'other',
] as const;
export type RenovationKind = (typeof RENOVATION_KINDS)[number];
