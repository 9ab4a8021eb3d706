import type { AssetMap } from '@anmai/alarms';
import type { Millis } from '@anmai/kernel';
import type { Session } from '../database';

/** A change of the registry that was not committed yet when it was looked at is seen after this at the latest. */
const AGE_MS_MAX = 60_000;

/** The registry as far as inhibition needs it, read again when it has changed. One for each pool. */
export class AssetLinks {
  private kept: { readonly version: number; readonly at: Millis; readonly assets: AssetMap } | null = null;

  async load({ query }: Session, now: Millis): Promise<AssetMap> {
    const [head] = await query<{ version: number | null }>(
      `select pg_sequence_last_value(pg_get_serial_sequence('registry_outbox', 'version')::regclass) as version`,
    );
    const version = head?.version ?? 0;
    const { kept } = this;
    if (kept !== null && kept.version === version && now - kept.at < AGE_MS_MAX) return kept.assets;
    const rows = await query<{ id: string; kind: string; org_id: string; links: string[] }>(
      'select id, kind, org_id, links from asset',
    );
    const assets = new Map(
      rows.map(({ id, kind, org_id: orgId, links }) => [id, { kind, orgId, links }] as const),
    );
    this.kept = { version, at: now, assets };
    return assets;
  }
}
