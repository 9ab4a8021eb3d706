import type { Signature } from './record';

/** How many different people signed: one person counts once, however often the name is there. */
export function signers(signatures: readonly Pick<Signature, 'username' | 'name' | 'fileId'>[]): number {
  const named = (each: Pick<Signature, 'name'>): string => each.name.replaceAll(/\s+/g, '').toLowerCase();
  const byPerson = new Map<string, Set<string>>();
  for (const each of signatures) {
    const key = each.username === null ? `name:${named(each)}` : `user:${each.username}`;
    byPerson.set(key, (byPerson.get(key) ?? new Set<string>()).add(each.fileId));
  }
  // A guest with the name of a signed-in person is taken for the same one, and one drawing is one signature.
  const userNames = new Set(signatures.filter(each => each.username !== null).map(named));
  const guests = [...byPerson.keys()].filter(key => key.startsWith('name:') && userNames.has(key.slice(5)));
  const files = new Set(signatures.map(each => each.fileId));
  return Math.min(byPerson.size - guests.length, files.size);
}
