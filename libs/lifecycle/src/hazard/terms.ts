import type { Millis } from '@anmai/kernel';
import { controlsInForce, isHazardOpen, type Hazard, type HazardLevel } from './hazard';

export const TERM_KINDS = [
  'register',
  'control',
  'dispatch',
  'appraise',
  'repair',
  'accept',
  'close',
  'lookBack',
] as const;
export type TermKind = (typeof TERM_KINDS)[number]; // prettier-ignore

/** Who is told next while something stays overdue. */
export const HAZARD_RUNGS = ['owner', 'street', 'district', 'city'] as const;
export type HazardRung = (typeof HAZARD_RUNGS)[number];

/** How long each thing may take at a level, in hours; null: not asked for at this level. */
export type LevelTerms = Readonly<Record<Exclude<TermKind, 'register'>, number | null>>;

/**
 * Terms, editable. No city text that was read gives days for what follows a finding, so all of these are proposals of ours,
 * shown as provisional until someone who may decide confirms them.
 */
export interface HazardTerms {
  readonly registerHours: number;
  readonly levels: Readonly<Record<HazardLevel, LevelTerms>>;
  /** Hours overdue after which the street, the district and the city are told; the owner is told at once. */
  readonly escalateAfterHours: readonly [number, number, number];
  readonly extensionsMax: number;
  /** 严重: nobody may be left in it while it is repaired (建办 技术要点 2022). */
  readonly controlRequired: readonly HazardLevel[];
  readonly standing: 'provisional' | 'confirmed';
}

const DAY = 24;
export const HAZARD_TERMS: HazardTerms = {
  registerHours: 24,
  levels: {
    severe: { control: 2, dispatch: 4, appraise: 15 * DAY, repair: 30 * DAY, accept: 5 * DAY, close: 3 * DAY, lookBack: 30 * DAY },
    moderate: { control: 3 * DAY, dispatch: 2 * DAY, appraise: 30 * DAY, repair: 60 * DAY, accept: 10 * DAY, close: 5 * DAY, lookBack: 90 * DAY },
    minor: { control: null, dispatch: 5 * DAY, appraise: 60 * DAY, repair: 90 * DAY, accept: 15 * DAY, close: 10 * DAY, lookBack: null },
  },
  escalateAfterHours: [DAY, 3 * DAY, 7 * DAY],
  extensionsMax: 2,
  controlRequired: ['severe'],
  standing: 'provisional',
}; // prettier-ignore

const HOUR_MS = 3_600_000;

/** Something that is expected by `dueAt`. */
export interface HazardTimer {
  readonly kind: TermKind;
  readonly dueAt: Millis;
  readonly overdue: boolean;
  /** Whom to tell by now; null while in time. */
  readonly escalateTo: HazardRung | null;
}

/** What is expected of an open hazard, and of a closed one to which somebody has to come back; the earliest first. */
export function hazardTimers(hazard: Hazard, terms: HazardTerms, now: Millis): HazardTimer[] {
  return due(hazard, terms)
    .map(({ kind, dueAt }) => ({ kind, dueAt, overdue: now > dueAt, escalateTo: rungOf(now - dueAt, terms) }))
    .toSorted((a, b) => a.dueAt - b.dueAt);
}

interface Due {
  readonly kind: TermKind;
  readonly dueAt: Millis;
}

function due(h: Hazard, terms: HazardTerms): Due[] {
  if (h.stage === 'found') return [{ kind: 'register', dueAt: h.stageSince + terms.registerHours * HOUR_MS }];
  if (h.level === null) return [];
  const after = (kind: keyof LevelTerms, since: Millis | null): Due[] => afterIn(h, terms, kind, since);
  const control = isHazardOpen(h) && controlsInForce(h).length === 0 && h.acceptedAt === null;
  const controls = control ? after('control', h.stage === 'registered' ? h.stageSince : h.registeredAt) : [];
  return [...controls, ...ofStage(h, after)];
}

function afterIn(h: Hazard, terms: HazardTerms, kind: keyof LevelTerms, since: Millis | null): Due[] {
  const hours = h.level === null ? null : terms.levels[h.level][kind];
  return hours === null || since === null ? [] : [{ kind, dueAt: since + hours * HOUR_MS }];
}

function ofStage(h: Hazard, after: (kind: keyof LevelTerms, since: Millis | null) => Due[]): Due[] {
  switch (h.stage) {
    case 'found':
    case 'dismissed':
      return [];
    case 'registered':
      return after('dispatch', h.stageSince);
    case 'dispatched':
    case 'repairing':
      return h.dueAt === null ? after('repair', h.dispatchedAt) : [{ kind: 'repair', dueAt: h.dueAt }];
    case 'appraising':
      return h.appraisalDueAt === null
        ? after('appraise', h.stageSince)
        : [{ kind: 'appraise', dueAt: h.appraisalDueAt }];
    case 'repaired':
      return after('accept', h.stageSince);
    case 'accepted':
      return after('close', h.stageSince);
    case 'closed':
      return h.lookedBackAt !== null && h.lookedBackAt >= (h.closedAt ?? 0)
        ? []
        : after('lookBack', h.closedAt);
  }
}

/** When the repair is due: as set, or else by the term of the level; null before it was given out. */
export const repairDueAt = (h: Hazard, terms: HazardTerms): Millis | null =>
  ofStage({ ...h, stage: 'repairing' }, (kind, since) => afterIn(h, terms, kind, since))[0]?.dueAt ?? null;

function rungOf(
  lateMs: number,
  { escalateAfterHours: [street, district, city] }: HazardTerms,
): HazardRung | null {
  if (lateMs <= 0) return null;
  if (lateMs < street * HOUR_MS) return 'owner';
  if (lateMs < district * HOUR_MS) return 'street';
  return lateMs < city * HOUR_MS ? 'district' : 'city';
}
