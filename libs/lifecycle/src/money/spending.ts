import { ok, type Millis, type Result } from '@anmai/kernel';
import { refuse, type Refusal } from '../refusal';
import { MONEY_ERRORS as E } from './errors';
import { shareOut, sumFen, yuan, type Fen } from './fen';
import type { BookingLine, Pot } from './ledger';
import { approvalsFor, checkUse, type RulesInForce } from './rules';
import { checkVote, type OwnersVote } from './vote';

export interface AccountPart {
  readonly accountId: string;
  readonly amountFen: Fen;
}
export interface BuildingPart {
  readonly buildingId: string;
  readonly amountFen: Fen;
}

/** What is asked for: from which holders, for which buildings, on what. */
export interface SpendingWish {
  readonly pot: Pot;
  readonly use: string;
  readonly amountFen: Fen;
  readonly payee: string;
  readonly reason: string;
  /** Of whose money; adds up to the amount. */
  readonly holders: readonly AccountPart[];
  /** For which buildings; adds up to the amount, or is empty where it is for none in particular. */
  readonly buildings: readonly BuildingPart[];
  readonly vote: OwnersVote | null;
  readonly isEmergency: boolean;
}

export type SpendingState = 'asked' | 'approved' | 'declined' | 'withdrawn' | 'paid';

/** What may follow. A closed request stays what it is; a new one takes its place. */
export const SPENDING_GRAPH: Readonly<Record<SpendingState, readonly SpendingState[]>> = {
  asked: ['approved', 'declined', 'withdrawn'],
  approved: ['paid', 'withdrawn'],
  declined: [],
  withdrawn: [],
  paid: [],
};

export interface Decision {
  readonly by: string;
  readonly at: Millis;
  readonly verdict: 'approve' | 'decline';
  readonly note: string;
}

export interface SpendingRequest extends SpendingWish {
  readonly id: string;
  readonly state: SpendingState;
  readonly askedBy: string;
  readonly askedAt: Millis;
  /** Version of the rules under which it was asked; these hold until it is closed. */
  readonly rulesVersion: number;
  readonly approvalsNeeded: number;
  readonly decisions: readonly Decision[];
}

/** May it be asked for? Gives how many have to approve. */
export function checkWish(
  rules: RulesInForce,
  wish: SpendingWish,
): Result<{ approvalsNeeded: number }, Refusal> {
  const use = checkUse(rules, wish.pot, wish.use);
  if (!use.ok) return use;
  const amounts = [
    wish.amountFen,
    ...wish.holders.map(each => each.amountFen),
    ...wish.buildings.map(each => each.amountFen),
  ];
  const wrong = amounts.find(amount => !Number.isSafeInteger(amount) || amount <= 0);
  if (wrong !== undefined) return refuse(E.notWhole, { text: wrong });
  for (const parts of [wish.holders, ...(wish.buildings.length > 0 ? [wish.buildings] : [])]) {
    const sum = sumFen(parts.map(part => part.amountFen));
    if (!sum.ok) return sum;
    if (sum.value !== wish.amountFen) {
      return refuse(E.sharesDiffer, { sumYuan: yuan(sum.value), amountYuan: yuan(wish.amountFen) });
    }
  }
  const rule = rules.pots[wish.pot].vote;
  const vote = rule === null ? ok(true) : checkVote(rule, wish.vote, wish.isEmergency);
  if (!vote.ok) return vote;
  return ok({ approvalsNeeded: approvalsFor(rules, wish.pot, wish.amountFen) });
}

/** Who asked does not decide, nobody decides twice; one refusal is enough. */
export function decide(request: SpendingRequest, decision: Decision): Result<SpendingRequest, Refusal> {
  const { by, verdict } = decision;
  if (request.state !== 'asked') {
    return refuse(E.wrongState, {
      state: request.state,
      wanted: verdict === 'approve' ? 'approved' : 'declined',
    });
  }
  if (by === request.askedBy) return refuse(E.ownRequest, { by });
  if (request.decisions.some(each => each.by === by)) return refuse(E.decidedBefore, { by });
  const decisions = [...request.decisions, decision];
  const isEnough = decisions.length >= request.approvalsNeeded;
  const state = verdict === 'decline' ? 'declined' : isEnough ? 'approved' : 'asked';
  return ok({ ...request, decisions, state });
}

/** May the request go there? */
export function moveTo(
  request: SpendingRequest,
  state: 'withdrawn' | 'paid',
): Result<SpendingRequest, Refusal> {
  if (!SPENDING_GRAPH[request.state].includes(state)) {
    return refuse(E.wrongState, { state: request.state, wanted: state });
  }
  return ok({ ...request, state });
}

/**
 * The lines of its payment: the bank gives, the holders' money becomes less, each part named with its building. When
 * less is paid than was approved, every part becomes less alike.
 */
export function paymentLines(
  request: SpendingRequest,
  bankId: string,
  paidFen: Fen,
): Result<readonly BookingLine[], Refusal> {
  if (!Number.isSafeInteger(paidFen) || paidFen <= 0) return refuse(E.notWhole, { text: paidFen });
  if (paidFen > request.amountFen) {
    return refuse(E.paidTooMuch, { wantedYuan: yuan(paidFen), approvedYuan: yuan(request.amountFen) });
  }
  const holders = shareOut(
    paidFen,
    request.holders.map(part => part.amountFen),
  );
  const buildings = shareOut(
    paidFen,
    request.buildings.length === 0 ? [1] : request.buildings.map(part => part.amountFen),
  );
  const credits = buildings.map((amountFen, i) => ({
    accountId: bankId,
    amountFen: 0 - amountFen,
    buildingId: request.buildings[i]?.buildingId ?? null,
  }));
  const debits = request.holders.map((part, i) => ({
    accountId: part.accountId,
    amountFen: holders[i]!,
    buildingId: null,
  }));
  return ok([...debits, ...credits].filter(line => line.amountFen !== 0));
}
