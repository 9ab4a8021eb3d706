import { severityRank } from '@anmai/catalog';
import type { Millis } from '@anmai/kernel';
import type { Notice } from '../notice';
import { entryKey, type Draft, type Told } from '../outbox/entry';
import { quietUntil } from './quiet';
import type { Contact, Recipient } from './recipient';
import {
  onAnyDuty,
  routesAt,
  routesFor,
  subjectOf,
  targetsOf,
  type Directory,
  type Route,
  type Tier,
} from './route';

/**
 * A message that had nobody to go to, or a person who could not be reached. Shown to the operator: that nobody was told
 * must not pass for that all is well.
 */
export interface PlanGap {
  readonly changeId: string;
  /**
   * no-route: no route covers the place. nobody: the route's people and rotas came to nothing. unknown: a recipient that is
   * not in the directory. no-contact: one without a channel for that severity.
   */
  readonly reason: 'no-route' | 'nobody' | 'unknown' | 'no-contact';
  readonly recipientId: string | null;
  /** An organisation that had to be told as such, and has nobody who could be reached. */
  readonly orgId?: string;
}

export interface Plan {
  readonly drafts: readonly Draft[];
  readonly gaps: readonly PlanGap[];
}

export const NO_PLAN: Plan = { drafts: [], gaps: [] };
const NOBODY: ReadonlySet<string> = new Set();

/**
 * Who is told of a change of an alarm, on which channels and when. Starts go to the first tier of all routes that fit; a
 * rise of severity to them and to all who were told; everything else, the end above all, to exactly those who were told.
 * `incident`: who was told of the incident that it belongs to; null: it belongs to none. They are not told of each alarm as
 * well, save by a route for both.
 */
export function planNotice(
  notice: Notice,
  told: readonly Told[],
  directory: Directory,
  at: Millis,
  incident: ReadonlySet<string> | null = null,
): Plan {
  const rest = planTold(notice, told, directory, at);
  if (notice.kind !== 'start' && notice.kind !== 'worse') return rest;
  // That no route covers the place is told once, of the incident.
  if (incident !== null && routesAt(notice, directory.routes).length === 0) return rest;
  const tiers = firstTiers(notice, directory.routes);
  const both = directory.routes.filter(route => subjectOf(route) === 'both');
  const always = targetsOf(firstTiers(notice, both), notice, directory, at);
  const skipped = new Set([...(incident ?? [])].filter(id => !always.has(id)));
  return merged(planTiers(notice, tiers, directory, at, skipped), rest);
}

export const firstTiers = (notice: Notice, routes: readonly Route[]): readonly Tier[] =>
  routesFor(notice, routes).flatMap(route => route.tiers.slice(0, 1));

/** Tells those whom the tiers mean, and the fallback when that comes to nobody; `skipped` have been told in another way. */
export function planTiers(
  notice: Notice,
  tiers: readonly Tier[],
  directory: Directory,
  at: Millis,
  skipped: ReadonlySet<string> = NOBODY,
): Plan {
  const isCovered = routesAt(notice, directory.routes).length > 0;
  // A route that begins at a higher severity is a decision to stay silent; no route at all is a hole.
  if (isCovered && tiers.length === 0) return NO_PLAN;
  const targets = [...targetsOf(tiers, notice, directory, at)];
  const unskipped = targets.filter(id => !skipped.has(id));
  if (targets.length > 0 && unskipped.length === 0) return NO_PLAN;
  const plan = merged(...unskipped.map(recipientId => planTarget(notice, recipientId, directory, at)));
  if (plan.drafts.length > 0) return plan;
  const gap = {
    changeId: notice.changeId,
    reason: isCovered ? 'nobody' : 'no-route',
    recipientId: null,
  } as const;
  const fallback = fallbackDrafts(notice, directory, at);
  return { drafts: fallback, gaps: [...plan.gaps, gap] };
}

export function planTarget(notice: Notice, recipientId: string, directory: Directory, at: Millis): Plan {
  const recipient = directory.recipients.get(recipientId);
  const gap = (reason: PlanGap['reason']): Plan => ({
    drafts: [],
    gaps: [{ changeId: notice.changeId, reason, recipientId }],
  });
  if (recipient === undefined || recipient.disabled) return gap('unknown');
  const contacts = recipient.contacts.filter(
    contact => severityRank(notice.severity) >= severityRank(contact.from),
  );
  if (contacts.length === 0) return gap('no-contact');
  return {
    drafts: contacts.map(each => draft(notice, recipient, each, directory, at)),
    gaps: [],
  };
}

/** On the same channels as before, at the address of today: a number may have passed to someone else. */
export function planTold(notice: Notice, told: readonly Told[], directory: Directory, at: Millis): Plan {
  const plans = told.map(({ recipientId, channel }): Plan => {
    const recipient = directory.recipients.get(recipientId);
    const contact = recipient?.contacts.find(each => each.channel === channel);
    if (recipient !== undefined && contact !== undefined && !recipient.disabled)
      return { drafts: [draft(notice, recipient, contact, directory, at)], gaps: [] };
    const reason = recipient === undefined || recipient.disabled ? 'unknown' : 'no-contact';
    return { drafts: [], gaps: [{ changeId: notice.changeId, reason, recipientId }] };
  });
  return merged(...plans);
}

/** All channels of the fallback, at once. */
export function fallbackDrafts(notice: Notice, directory: Directory, at: Millis): readonly Draft[] {
  const recipient = directory.recipients.get(directory.fallbackRecipientId ?? '');
  if (recipient === undefined || recipient.disabled) return [];
  return recipient.contacts.map(contact =>
    draft(notice, { ...recipient, quiet: [] }, contact, directory, at),
  );
}

function draft(
  notice: Notice,
  recipient: Recipient,
  contact: Contact,
  directory: Directory,
  at: Millis,
): Draft {
  const quiet = onAnyDuty(directory, at).has(recipient.id) ? [] : recipient.quiet;
  const until = quietUntil(quiet, notice.severity, at, directory.utcOffsetMs);
  return {
    key: entryKey(notice.changeId, recipient.id, contact.channel),
    recipientId: recipient.id,
    channel: contact.channel,
    address: contact.address,
    language: recipient.language,
    notBefore: until ?? at,
    held: until === null ? null : 'quiet',
    notice,
  };
}

/** Of two drafts of the same key the first counts: it is the one that may be sent at once. */
export function merged(...plans: readonly Plan[]): Plan {
  const drafts = new Map<string, Draft>();
  for (const each of plans.flatMap(plan => plan.drafts))
    if (!drafts.has(each.key)) drafts.set(each.key, each);
  return { drafts: [...drafts.values()], gaps: plans.flatMap(plan => plan.gaps) };
}
