import type { DefaultRule } from '@anmai/alarms';
import type { RuleShape } from '../api-shapes';

/** `removed`: somebody took it out of force; it does not come back by itself, its id is not free again. */
export type DefaultRuleState = 'inForce' | 'missing' | 'removed';

/** GET /rules/defaults: one rule that may be taken over. */
export interface DefaultRuleShape extends DefaultRule {
  readonly state: DefaultRuleState;
  /** Ids of the rules whose alarms it asks about; they are created with it. */
  readonly needs: readonly string[];
}

/** POST /rules/defaults: what was done about each rule asked for. */
export interface DefaultsTakenShape {
  /** As created, in force from now on. */
  readonly created: readonly RuleShape[];
  /** In force before, maybe edited: left as they are. */
  readonly present: readonly string[];
  /** Not created, since somebody removed them, or removed or left out a rule that they need. */
  readonly refused: readonly { readonly id: string; readonly reason: string }[];
}
