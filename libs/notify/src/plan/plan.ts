import { severityRank } from '@anmai/catalog';
import type { Millis } from '@anmai/kernel';
import type { Notice } from '../notice';
import { entryKey, type Draft, type Told } from '../outbox/entry';
import { quietUntil } from './quiet';
import type { Contact, Recipient } from './recipient';
import { onAnyDuty, routesAt, routesFor, targetsOf, type Directory, type Tier } from './route';

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
}

export interface Plan {
  readonly drafts: readonly Draft[];
  readonly gaps: readonly PlanGap[];
}

/**
 * Who is told of a change, on which channels and when. Starts go to the first tier of all routes that fit; a rise of severity
 * to them and to all who were told; everything else, the end above all, to exactly those who were told.
 */
export function planNotice(notice: Notice, told: readonly Told[], directory: Directory, at: Millis): Plan {
  switch (notice.kind) {
    case 'start':
      return planTiers(notice, firstTiers(notice, directory), directory, at);
    case 'worse': {
      const fresh = planTiers(notice, firstTiers(notice, directory), directory, at);
      return merged(fresh, planTold(notice, told, directory, at));
    }
    // Planned by `planReminders`, which knows the tier; told like news to those who were told before.
    case 'unanswered':
    case 'milder':
    case 'blind':
    case 'restored':
    case 'end':
      return planTold(notice, told, directory, at);
  }
}

const firstTiers = (notice: Notice, directory: Directory): readonly Tier[] =>
  routesFor(notice, directory.routes).flatMap(route => route.tiers.slice(0, 1));

/** Tells those whom the tiers mean, and the fallback when that comes to nobody. */
export function planTiers(notice: Notice, tiers: readonly Tier[], directory: Directory, at: Millis): Plan {
  const isCovered = routesAt(notice, directory.routes).length > 0;
  // A route that begins at a higher severity is a decision to stay silent; no route at all is a hole.
  if (isCovered && tiers.length === 0) return { drafts: [], gaps: [] };
  const plans = [...targetsOf(tiers, notice, directory, at)].map(recipientId =>
    planTarget(notice, recipientId, directory, at),
  );
  const plan = merged(...plans);
  if (plan.drafts.length > 0) return plan;
  const gap = {
    changeId: notice.changeId,
    reason: isCovered ? 'nobody' : 'no-route',
    recipientId: null,
  } as const;
  const fallback = fallbackDrafts(notice, directory, at);
  return { drafts: fallback, gaps: [...plan.gaps, gap] };
}

function planTarget(notice: Notice, recipientId: string, directory: Directory, at: Millis): Plan {
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
function planTold(notice: Notice, told: readonly Told[], directory: Directory, at: Millis): Plan {
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
function fallbackDrafts(notice: Notice, directory: Directory, at: Millis): readonly Draft[] {
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
function merged(...plans: readonly Plan[]): Plan {
  const drafts = new Map<string, Draft>();
  for (const each of plans.flatMap(plan => plan.drafts))
    if (!drafts.has(each.key)) drafts.set(each.key, each);
  return { drafts: [...drafts.values()], gaps: plans.flatMap(plan => plan.gaps) };
}
