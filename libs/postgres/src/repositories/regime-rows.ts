import { invariant, type Clock } from '@anmai/kernel';
import { CHECKUP_FORMS, REGIME_RULE_SETS, type CheckupForm, type RegimeRuleSet } from '@anmai/lifecycle';
import type { Session } from '../database';
import { toSqlInstant } from '../instants';

/**
 * Puts in the forms and rule sets that the program comes with, where they are not there yet: versions that were
 * published stay as they were published.
 */
export async function seedRegimes({ query }: Session, clock: Clock): Promise<void> {
  const forms = Object.values(CHECKUP_FORMS);
  const at = toSqlInstant(clock.now());
  await query(
    `insert into checkup_form (id, version, family, body, actor, at)
     select body ->> 'id', (body ->> 'version')::integer, body ->> 'family', body, 'system', $2
     from jsonb_array_elements($1::jsonb) as body on conflict do nothing`,
    [JSON.stringify(forms), at],
  );
  await query(
    `insert into checkup_rule_set (id, version, body, actor, at)
     select body ->> 'id', (body ->> 'version')::integer, body, 'system', $2
     from jsonb_array_elements($1::jsonb) as body on conflict do nothing`,
    [JSON.stringify(REGIME_RULE_SETS), at],
  );
}

/** Versions kept at most; the oldest goes. */
const VERSIONS_KEPT_MAX = 200;

/** Published versions never change: what was read once is kept. */
export class Published<T> {
  private readonly kept = new Map<string, T>();
  async get({ id, version }: Ref, read: () => Promise<T | null>): Promise<T | null> {
    const key = `${id}@${version}`;
    const known = this.kept.get(key);
    if (known !== undefined) return known;
    const found = await read();
    if (found !== null) this.kept.set(key, found);
    if (this.kept.size > VERSIONS_KEPT_MAX) this.kept.delete(this.kept.keys().next().value ?? '');
    return found;
  }
}

/** null as `version`: the newest. */
export async function formBody(
  { query }: Session,
  id: string,
  version: number | null,
): Promise<CheckupForm | null> {
  const [row] = await query<{ body: CheckupForm }>(
    `select body from checkup_form where id = $1 and ($2::integer is null or version = $2)
     order by version desc limit 1`,
    [id, version],
  );
  return row?.body ?? null;
}

type Ref = { readonly id: string; readonly version: number };

/** The rule sets of these references, which are foreign keys and therefore there. */
export async function ruleSetBodies(
  { query }: Session,
  refs: readonly Ref[],
): Promise<(ref: Ref) => RegimeRuleSet> {
  const ids = [...new Set(refs.map(ref => ref.id))];
  const rows = await query<{ body: RegimeRuleSet }>(
    'select body from checkup_rule_set where id = any($1::text[])',
    [ids],
  );
  const byKey = new Map(rows.map(({ body }) => [`${body.id}@${body.version}`, body]));
  return ref => {
    const found = byKey.get(`${ref.id}@${ref.version}`);
    invariant(found !== undefined, `rule set ${ref.id}@${ref.version} is referred to`);
    return found;
  };
}
