import { severityRank, type LifelineGroup, type Severity } from '@anmai/catalog';
import type { Millis } from '@anmai/kernel';
import type { Notice } from '../notice';
import type { Recipient } from './recipient';
import { onDuty, type Rota } from './rota';

export type Audience =
  /** Of the owner of the asset (`owner`), or of it and all organisations above (`line`). */
  | { readonly kind: 'role'; readonly role: string; readonly of: 'owner' | 'line' }
  | { readonly kind: 'rota'; readonly rotaId: string }
  | { readonly kind: 'recipient'; readonly recipientId: string };

export interface Tier {
  /** Told when nobody has acknowledged so long after the tier before was told; of the first tier it does not count. */
  readonly afterMs: number;
  readonly audiences: readonly Audience[];
}

/** What a route tells of. Each alarm belongs to an incident, so `both` tells of the same thing twice, on purpose. */
export const ROUTE_SUBJECTS = ['alarms', 'incidents', 'both'] as const;
export type RouteSubject = (typeof ROUTE_SUBJECTS)[number];

/** Who is told of what. All routes that fit count. */
export interface Route {
  readonly id: string;
  /** Absent: alarms, as before there were messages about incidents. */
  readonly about?: RouteSubject;
  /** For assets of this organisation and of those below it. */
  readonly orgId: string;
  /** Empty: all. */
  readonly groups: readonly LifelineGroup[];
  /** From this severity up. */
  readonly from: Severity;
  /** At least one. */
  readonly tiers: readonly Tier[];
}

/** Everything that planning has to know of people; plain data, read anew for each plan or kept up to date. */
export interface Directory {
  readonly recipients: ReadonlyMap<string, Recipient>;
  readonly rotas: ReadonlyMap<string, Rota>;
  readonly routes: readonly Route[];
  /** Told of what nobody else can be told of: the duty desk. */
  readonly fallbackRecipientId: string | null;
  /** Local time of the place minus UTC. */
  readonly utcOffsetMs: number;
}

/** Routes for the place of the notice, whatever its severity. */
export const routesAt = (notice: Notice, routes: readonly Route[]): readonly Route[] =>
  routes.filter(
    route =>
      notice.orgPath.includes(route.orgId) &&
      (route.groups.length === 0 || groupsOf(notice).some(group => route.groups.includes(group))),
  );

const groupsOf = ({ group, groups }: Notice): readonly LifelineGroup[] => groups ?? [group];

export const subjectOf = ({ about }: Route): RouteSubject => about ?? 'alarms';

const wants = (route: Route, { subjectKind }: Notice): boolean =>
  subjectOf(route) === 'both' || subjectOf(route) === `${subjectKind}s`;

/** Routes that tell of it: for its place, its severity, and for alarms or incidents, whichever it is. */
export const routesFor = (notice: Notice, routes: readonly Route[]): readonly Route[] =>
  routesAt(notice, routes).filter(
    route => wants(route, notice) && severityRank(notice.severity) >= severityRank(route.from),
  );

/** Whom these tiers mean at that instant, each once. */
export const targetsOf = (
  tiers: readonly Tier[],
  notice: Notice,
  directory: Directory,
  at: Millis,
): ReadonlySet<string> =>
  new Set(tiers.flatMap(tier => tier.audiences).flatMap(audience => idsOf(audience, notice, directory, at)));

/** Everybody who has a shift of any rota at that instant: awake, whatever their quiet hours say. */
export const onAnyDuty = (directory: Directory, at: Millis): ReadonlySet<string> =>
  new Set([...directory.rotas.values()].flatMap(rota => onDuty(rota, at, directory.utcOffsetMs)));

function idsOf(audience: Audience, notice: Notice, directory: Directory, at: Millis): readonly string[] {
  switch (audience.kind) {
    case 'recipient':
      return [audience.recipientId];
    case 'rota': {
      const rota = directory.rotas.get(audience.rotaId);
      return rota === undefined ? [] : onDuty(rota, at, directory.utcOffsetMs);
    }
    case 'role': {
      const owners = notice.ownerIds ?? notice.orgPath.slice(-1);
      const orgs = audience.of === 'owner' ? owners : notice.orgPath;
      return [...directory.recipients.values()]
        .filter(recipient => recipient.role === audience.role && orgs.includes(recipient.orgId))
        .map(recipient => recipient.id);
    }
  }
}
