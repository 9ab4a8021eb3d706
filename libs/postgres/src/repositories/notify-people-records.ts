import { AppError } from '@anmai/kernel';
import type { Contact, Language, Quiet, Recipient, Rota, Route } from '@anmai/notify';
import type { Database, Session } from '../database';
import { POSTGRES_ERRORS as E } from '../errors';
import type { ContactRecord, NotifyPeople, People, RotaList, RotaRecord, RouteList } from '../notify-records';
import type { Author, Within } from '../record-shapes';
import { bumpList, checkNamed, replaceRows, rowsOf } from './notify-lists';
import { checkVersion } from './registered';
import { appendAudit } from './trail';

interface PersonRow {
  readonly username: string;
  readonly displayName: string;
  readonly role: string;
  readonly orgId: string;
  readonly disabled: boolean;
  readonly language: Language | null;
  readonly contacts: readonly Contact[] | null;
  readonly quiet: readonly Quiet[] | null;
  readonly version: number | null;
}

const PERSON = `select u.username, u.display_name as "displayName", u.role, u.org_id as "orgId", u.disabled, c.language,
  c.contacts, c.quiet, c.version from app_user u left join notify_contact c on c.username = u.username`;

export class NotifyPeopleRecords implements NotifyPeople {
  constructor(private readonly database: Database) {}

  contact(username: string, within: Within): Promise<ContactRecord | null> {
    return this.database.read(session => contactOf(session, username, within));
  }

  setContact(
    value: Omit<ContactRecord, 'version'>,
    expectedVersion: number | null,
    by: Author,
  ): Promise<ContactRecord> {
    return this.database.write(async session => {
      const { username, language, contacts, quiet } = value;
      const before = await contactOf(session, username, by.within);
      if (before === null) throw new AppError(E.notFound, { what: 'user', id: username });
      checkVersion('contacts', username, before.version, expectedVersion);
      const version = before.version + 1;
      await session.query(
        `insert into notify_contact (username, language, contacts, quiet, version)
         values ($1, $2, $3::jsonb, $4::jsonb, $5) on conflict (username) do update set language = excluded.language,
           contacts = excluded.contacts, quiet = excluded.quiet, version = excluded.version`,
        [username, language, JSON.stringify(contacts), JSON.stringify(quiet), version],
      );
      const after = { username, language, contacts, quiet, version };
      const detail = { before: shown(before), after: shown(after) };
      await this.note(session, by, 'notify.contactsChanged', `user/${username}`, detail);
      return after;
    });
  }

  routes(within: Within): Promise<RouteList> {
    return this.database.snapshot(session => routesOf(session, within));
  }

  setRoutes(
    items: readonly Route[],
    fallback: string | null | undefined,
    expectedVersion: number | null,
    by: Author,
  ): Promise<RouteList> {
    return this.database.write(async session => {
      const before = await routesOf(session, by.within);
      checkVersion('list', 'routes', before.version, expectedVersion);
      const audiences = items.flatMap(route => route.tiers).flatMap(tier => tier.audiences);
      const people = audiences.flatMap(each => (each.kind === 'recipient' ? [each.recipientId] : []));
      if (fallback !== undefined && fallback !== null) people.push(fallback);
      const rotas = audiences.flatMap(each => (each.kind === 'rota' ? [each.rotaId] : []));
      await checkNamed(session, { people, rotas }, by.within);
      await replaceRows(session, 'route', items, by.within);
      await bumpList(session, 'routes', before.version + 1, fallback);
      const after = await routesOf(session, by.within);
      await this.note(session, by, 'notify.routesChanged', 'notify/routes', { before, after });
      return after;
    });
  }

  rota(within: Within): Promise<RotaList> {
    return this.database.snapshot(session => rotaOf(session, within));
  }

  setRota(items: readonly RotaRecord[], expectedVersion: number | null, by: Author): Promise<RotaList> {
    return this.database.write(async session => {
      const before = await rotaOf(session, by.within);
      checkVersion('list', 'rota', before.version, expectedVersion);
      const people = items
        .flatMap(rota => [...rota.shifts, ...rota.exceptions])
        .flatMap(each => each.recipientIds);
      await checkNamed(session, { people, rotas: [] }, by.within);
      await replaceRows(session, 'rota', items, by.within);
      await checkStillThere(session);
      await bumpList(session, 'rota', before.version + 1, undefined);
      const after = await rotaOf(session, by.within);
      await this.note(session, by, 'notify.rotaChanged', 'notify/rota', { before, after });
      return after;
    });
  }

  people(): Promise<People> {
    return this.database.snapshot(async session => {
      const rows = await session.query<PersonRow>(PERSON);
      const { items: routes, fallback } = await routesOf(session, null);
      const rotas = (await rotaOf(session, null)).items;
      return {
        recipients: new Map(rows.map(row => [row.username, recipientOf(row)])),
        rotas: new Map(rotas.map(rota => [rota.id, rota])),
        routes,
        fallbackRecipientId: fallback,
      };
    });
  }

  private async note(
    session: Session,
    by: Author,
    action: string,
    subject: string,
    detail: unknown,
  ): Promise<void> {
    await appendAudit(session, this.database.clock, { actor: by.actor, action, subject, detail });
  }
}

async function contactOf(
  { query }: Session,
  username: string,
  within: Within,
): Promise<ContactRecord | null> {
  const [row] = await query<PersonRow>(
    `${PERSON} where u.username = $1
       and ($2::text is null or u.org_id in (select id from org where path @> array[$2::text]))`,
    [username, within],
  );
  if (row === undefined) return null;
  const { language, contacts, quiet } = recipientOf(row);
  return { username, language, contacts, quiet, version: row.version ?? 0 };
}

/** Private addresses and numbers have no place in a trail that nobody can shorten. */
const shown = ({ language, contacts, quiet }: ContactRecord) => ({
  language,
  channels: contacts.map(contact => contact.channel),
  quiet,
});

const recipientOf = (row: PersonRow): Recipient => ({
  id: row.username,
  name: row.displayName,
  orgId: row.orgId,
  role: row.role,
  language: row.language ?? 'zh',
  contacts: row.contacts ?? [],
  quiet: row.quiet ?? [],
  disabled: row.disabled,
});

async function routesOf(session: Session, within: Within): Promise<RouteList> {
  const items = await rowsOf<Route>(session, 'route', within);
  const [list] = await session.query<{ version: number; fallback: string | null }>(
    `select version, fallback from notify_list where name = 'routes'`,
  );
  return { items, fallback: list?.fallback ?? null, version: list?.version ?? 1 };
}

async function rotaOf(session: Session, within: Within): Promise<RotaList> {
  const items = await rowsOf<RotaRecord>(session, 'rota', within);
  const [list] = await session.query<{ version: number }>(
    `select version from notify_list where name = 'rota'`,
  );
  return { items, version: list?.version ?? 1 };
}

/** Every rota that a route names, whoever sees it. */
async function checkStillThere(session: Session): Promise<void> {
  const routes = await rowsOf<Route>(session, 'route', null);
  const there = new Set((await rowsOf<Rota>(session, 'rota', null)).map(rota => rota.id));
  for (const audience of routes.flatMap(route => route.tiers).flatMap(tier => tier.audiences))
    if (audience.kind === 'rota' && !there.has(audience.rotaId))
      throw new AppError(E.stillReferred, { what: 'rota', id: audience.rotaId });
}
