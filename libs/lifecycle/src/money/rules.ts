import { ok, type Result } from '@anmai/kernel';
import { refuse, type Refusal } from '../refusal';
import { MONEY_ERRORS as E } from './errors';
import type { Fen } from './fen';
import type { Pot } from './ledger';

/** Where a rule comes from. `provisional`: from memory or a proposal; shown as such, never as required by a text. */
export type RuleSource =
  | { readonly kind: 'document'; readonly ref: string }
  | { readonly kind: 'provisional'; readonly why: string };

export interface MoneyCode {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  readonly source: RuleSource;
}

/** So many people have to approve what is not more than `uptoFen` (null: whatever it is). */
export interface ApprovalLevel {
  readonly uptoFen: Fen | null;
  readonly approvals: number;
}

/** Shares as whole fractions; reached when the share is not below them (`agree`: above them). */
export interface VoteRule {
  readonly takePart: readonly [number, number];
  readonly agree: readonly [number, number];
  readonly source: RuleSource;
}

export interface PotRules {
  readonly sources: readonly MoneyCode[];
  readonly uses: readonly MoneyCode[];
  /** Ascending; the last one without an end. */
  readonly levels: readonly ApprovalLevel[];
  readonly levelSource: RuleSource;
  /** Null: no vote is asked for. */
  readonly vote: VoteRule | null;
}

/** The rules of a city about its money: versioned data. */
export interface MoneyRules {
  readonly pots: Readonly<Record<Pot, PotRules>>;
}

/** What a request is held against. */
export interface RulesInForce extends MoneyRules {
  readonly version: number;
}

export function checkSource(rules: RulesInForce, pot: Pot, code: string): Result<true, Refusal> {
  const isKnown = rules.pots[pot].sources.some(each => each.code === code);
  return isKnown ? ok(true) : refuse(E.sourceNotPermitted, { code, pot, version: rules.version });
}

export function checkUse(rules: RulesInForce, pot: Pot, code: string): Result<true, Refusal> {
  const isKnown = rules.pots[pot].uses.some(each => each.code === code);
  return isKnown ? ok(true) : refuse(E.useNotPermitted, { code, pot, version: rules.version });
}

/** How many people have to approve such an amount. */
export function approvalsFor(rules: MoneyRules, pot: Pot, amountFen: Fen): number {
  const { levels } = rules.pots[pot];
  const level = levels.find(each => each.uptoFen === null || amountFen <= each.uptoFen) ?? levels.at(-1);
  return Math.max(1, level?.approvals ?? 1);
}

/** What is wrong with rules that someone wrote; empty: nothing. */
export function faultsOfRules({ pots }: MoneyRules): string[] {
  return (['public', 'individual'] as const).flatMap(pot => {
    const { levels, sources, uses } = pots[pot];
    const limits = levels.map(level => level.uptoFen);
    const isAscending = limits.every(
      (limit, i) => i === 0 || limit === null || limit > (limits[i - 1] ?? Infinity),
    );
    return [
      ...(levels.length === 0 || limits.at(-1) !== null || limits.slice(0, -1).includes(null)
        ? [`${pot}: the last level, and it alone, has no end`]
        : []),
      ...(isAscending ? [] : [`${pot}: the levels ascend`]),
      ...[sources, uses].flatMap(codes => doubles(codes).map(code => `${pot}: ${code} stands twice`)),
    ];
  });
}

const doubles = (codes: readonly MoneyCode[]): string[] =>
  codes.map(each => each.code).filter((code, i, all) => all.indexOf(code) !== i);
