import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RegistryChange } from '@anmai/alarms';
import { openLmdbEnv } from './lmdb-env';
import { LmdbRegistryCache } from './lmdb-registry-cache';

const credential = (username: string, deviceId: string): RegistryChange => ({
  kind: 'credential',
  op: 'put',
  id: username,
  value: { username, secretHash: 'ab', deviceId, revoked: false },
});

const kept = (cache: LmdbRegistryCache): object => {
  const { seq, changes } = cache.load();
  return { seq, changes: [...changes] };
};

it('keeps the newest of each thing and the position over a restart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'anmai-registry-'));
  const env = openLmdbEnv(folder, 1 << 26);
  const cache = new LmdbRegistryCache(env);
  expect(kept(cache)).toEqual({ seq: 0, changes: [] });
  await cache.save(3, [credential('u1', 'd1'), credential('u2', 'd2')]);
  await cache.save(9, [credential('u1', 'd9'), { kind: 'credential', op: 'delete', id: 'u2', value: null }]);
  await env.root.close();
  const again = openLmdbEnv(folder, 1 << 26);
  expect(kept(new LmdbRegistryCache(again))).toEqual({ seq: 9, changes: [credential('u1', 'd9')] });
  await again.root.close();
  rmSync(folder, { recursive: true });
});
