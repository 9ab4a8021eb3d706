import type { Org } from '@anmai/catalog';

/**
 * Path of every organisation, root first, itself last; null for one that is below itself, or below one that is.
 * A parent that is not in the list ends the path.
 */
export function orgPaths(orgs: Iterable<Org>): Map<string, readonly string[] | null> {
  const parents = new Map([...orgs].map(org => [org.id, org.parentId]));
  const paths = new Map<string, readonly string[] | null>();
  for (const id of parents.keys()) fillPath(id, parents, paths);
  return paths;
}

function fillPath(
  id: string,
  parents: ReadonlyMap<string, string | null>,
  paths: Map<string, readonly string[] | null>,
): void {
  const chain: string[] = [];
  const seen = new Set<string>();
  let at: string | null = id;
  while (at !== null && parents.has(at) && !paths.has(at)) {
    if (seen.has(at)) {
      for (const member of chain) paths.set(member, null);
      return;
    }
    seen.add(at);
    chain.push(at);
    at = parents.get(at) ?? null;
  }
  let path: readonly string[] | null = at !== null && paths.has(at) ? paths.get(at)! : [];
  for (const member of chain.reverse()) {
    path = path === null ? null : [...path, member];
    paths.set(member, path);
  }
}
