export * from './appraisal';
export * from './danger-limits';
export { gradeBuilding, type Grading, type GradingStep, type MissingData } from './grade';
export * from './grading-input';
export { BUILDING_GRADES, gradeRank, isDangerous, type BuildingGrade, type FloorLevel } from './level';
export * from './may-file';
export { MEMBER_KINDS, VERTICAL_KINDS, WEIGHT_TENTHS, type MemberKind, type VerticalKind } from './member';
export type { Standing } from './standing';
