import {
  nextChangeAt,
  viewOfLife,
  type AlarmView,
  type Life,
  type LifeContext,
  type Shelf,
  type Span,
  type Suppression,
  type Tracks,
} from '@anmai/alarms';
import type { Severity } from '@anmai/catalog';
import { DAY_MS, type Millis } from '@anmai/kernel';

/** What a list shows of an alarm's life. */
export type LifeSigns = Required<
  Pick<
    AlarmView,
    | 'stateBeneath'
    | 'isCalling'
    | 'shelvedUntil'
    | 'suppressedBy'
    | 'outOfService'
    | 'latched'
    | 'assessment'
    | 'unattendedSince'
  >
>;

/** An alarm's life as of the last look, beside its columns: what lists show, and what the next look starts from. */
export interface StoredLife extends LifeSigns {
  /** Shelf of the alarm before, as it stood at the raise; settled once. */
  readonly shelfBefore: Shelf | null;
  readonly severityMax: Severity;
  readonly shownSpans: readonly Span[];
  /** By causes, past ones too: a cause that is closed is not looked at again. */
  readonly suppressions: readonly Suppression[];
}

/** The columns that follow the fold. */
export interface LifeColumns {
  readonly acknowledged: boolean;
  readonly closedAt: Millis | null;
  readonly state: AlarmView['state'];
  readonly nextChangeAt: Millis | null;
  readonly life: StoredLife;
}

export function lifeColumns(life: Life, tracks: Tracks, context: LifeContext): LifeColumns {
  const view = viewOfLife(life, tracks, context);
  const next = nextChangeAt(view, life.at);
  // Windows are looked at some days ahead only.
  const lookAt = context.serviceSpells.length > 0 ? Math.min(next ?? Infinity, life.at + DAY_MS) : next;
  return {
    acknowledged: view.acknowledged,
    closedAt: view.closedAt,
    state: view.state,
    nextChangeAt: view.closedAt === null ? lookAt : null,
    life: {
      stateBeneath: view.stateBeneath,
      isCalling: view.isCalling,
      shelvedUntil: view.shelvedUntil,
      suppressedBy: view.suppressedBy,
      outOfService: view.outOfService,
      latched: view.latched,
      assessment: view.assessment,
      unattendedSince: view.unattendedSince,
      shelfBefore: context.shelfBefore,
      severityMax: life.severityMax,
      shownSpans: life.shownSpans,
      suppressions: context.suppressions,
    },
  };
}

export const signsOf = ({
  shelfBefore: _shelf,
  severityMax: _max,
  shownSpans: _spans,
  suppressions: _all,
  ...signs
}: StoredLife): LifeSigns => signs;
