import type { Millis } from '@anmai/kernel';
import { severityRank } from '@anmai/catalog';
import type { Notice } from '../notice';
import type { Told } from '../outbox/entry';
import {
  fallbackDrafts,
  firstTiers,
  merged,
  NO_PLAN,
  planTarget,
  planTiers,
  planTold,
  type Plan,
} from './plan';
import { routesAt, routesFor, type Directory } from './route';

/** Whom a notice of an incident is meant for, beside those whom routes name. */
export interface Aim {
  /** Organisations that have to be told: whom a warning is for, who has a task. */
  readonly orgIds: readonly string[];
  /** Accounts: who gave the task that was answered. */
  readonly recipientIds: readonly string[];
  /** Knows already: who answered. */
  readonly exceptId: string | null;
  /** Of `overdue`: how far up the ladder it has gone, from 0. */
  readonly rung: number;
  /** Of `merged`: the incident that went into this one. */
  readonly takenInId: string | null;
}
export const NO_AIM: Aim = { orgIds: [], recipientIds: [], exceptId: null, rung: 0, takenInId: null };

export interface IncidentNotice {
  readonly notice: Notice;
  readonly aim: Aim;
}

/** Who was told of the incident, and of the one that it took in. */
export interface ToldOfIncident {
  readonly own: readonly Told[];
  readonly takenIn: readonly Told[];
}

/**
 * Who is told of an incident. Routes say who hears of its start, its rise and its return; a warning and a task go to the
 * people of the organisations that they are for; what is overdue goes up the tiers of the routes with the ladder of the
 * deadlines; the rest to those who were told. Nobody hears of a start twice: one that reaches further assets is told to
 * those alone who did not know.
 */
export function planIncident(
  { notice, aim }: IncidentNotice,
  { own, takenIn }: ToldOfIncident,
  directory: Directory,
  at: Millis,
): Plan {
  const first = (skipped?: ReadonlySet<string>): Plan =>
    planTiers(notice, firstTiers(notice, directory.routes), directory, at, skipped);
  const told = (): Plan => planTold(notice, own, directory, at);
  const known = new Set(own.map(each => each.recipientId));
  switch (notice.kind) {
    case 'start':
      return known.size > 0 && routesAt(notice, directory.routes).length === 0 ? NO_PLAN : first(known);
    case 'worse':
    case 'again':
      return merged(first(), told());
    case 'merged': {
      const newcomers = takenIn.filter(({ recipientId }) => !known.has(recipientId));
      const all = new Set([...known, ...takenIn.map(each => each.recipientId)]);
      const isHole = routesAt(notice, directory.routes).length === 0 && all.size > 0;
      return merged(planTold(notice, newcomers, directory, at), isHole ? NO_PLAN : first(all));
    }
    case 'warned':
      return merged(planOrgs(notice, aim.orgIds, directory, at), told());
    case 'dispatched':
      return planOrgs(notice, aim.orgIds, directory, at);
    case 'feedback': {
      const givers = aim.recipientIds.map(id => planGiver(notice, id, directory, at));
      return without(aim.exceptId, merged(told(), ...givers));
    }
    case 'overdue':
      return aim.rung === 0 ? merged(first(), told()) : planRung(notice, aim.rung, directory, at);
    case 'milder':
    case 'blind':
    case 'restored':
    case 'unanswered':
    case 'end':
    case 'archived':
      return told();
  }
}

/**
 * The tier that stands as far up in its route, and the last one of a route that ends below: what nobody has answered for longer
 * must not become quieter.
 */
function planRung(notice: Notice, rung: number, directory: Directory, at: Millis): Plan {
  const tiers = routesFor(notice, directory.routes).flatMap(
    ({ tiers: own }) => own[rung] ?? own.at(-1) ?? [],
  );
  return tiers.length === 0 ? NO_PLAN : planTiers(notice, tiers, directory, at);
}

/** Everybody of these organisations who can be reached; where that is nobody the fallback, and a gap that names it. */
function planOrgs(notice: Notice, orgIds: readonly string[], directory: Directory, at: Millis): Plan {
  const plans = [...new Set(orgIds)].map((orgId): Plan => {
    const members = [...directory.recipients.values()].filter(each => each.orgId === orgId);
    const { drafts } = merged(...members.map(({ id }) => planTarget(notice, id, directory, at)));
    if (drafts.length > 0) return { drafts, gaps: [] };
    const gap = { changeId: notice.changeId, reason: 'nobody', recipientId: null, orgId } as const;
    return { drafts: fallbackDrafts(notice, directory, at), gaps: [gap] };
  });
  return merged(...plans);
}

/** Who gave a task need not have an address: the page shows the answer. */
function planGiver(notice: Notice, recipientId: string, directory: Directory, at: Millis): Plan {
  const recipient = directory.recipients.get(recipientId);
  const isReached = recipient?.contacts.some(
    contact => severityRank(notice.severity) >= severityRank(contact.from),
  );
  return isReached === true ? planTarget(notice, recipientId, directory, at) : NO_PLAN;
}

const without = (recipientId: string | null, { drafts, gaps }: Plan): Plan => ({
  drafts: drafts.filter(each => each.recipientId !== recipientId),
  gaps: gaps.filter(each => recipientId === null || each.recipientId !== recipientId),
});
