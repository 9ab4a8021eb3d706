import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

const PAGE = 'inspect.html';
const WORKER = 'inspect-sw.js';
/** From the folder `public`, which the bundler does not see. */
const PUBLIC_FILES = ['/icon.svg', '/icon-192.png', '/icon-512.png', '/inspect.webmanifest'];

interface Chunk {
  readonly type: 'chunk' | 'asset';
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
  readonly facadeModuleId?: string | null;
  readonly viteMetadata?: {
    readonly importedCss: ReadonlySet<string>;
    readonly importedAssets: ReadonlySet<string>;
  };
}

/** Everything that the chunk needs, itself included. */
function filesOf(
  bundle: Readonly<Record<string, Chunk>>,
  name: string,
  found = new Set<string>(),
): Set<string> {
  if (found.has(name)) return found;
  found.add(name);
  const chunk = bundle[name];
  for (const file of [
    ...(chunk?.viteMetadata?.importedCss ?? []),
    ...(chunk?.viteMetadata?.importedAssets ?? []),
  ])
    found.add(file);
  for (const next of [...(chunk?.imports ?? []), ...(chunk?.dynamicImports ?? [])])
    filesOf(bundle, next, found);
  return found;
}

/** Tells the service worker of the inspector's page which files to keep, and names the build by them. */
export function inspectFiles(): Plugin {
  return {
    name: 'anmai-inspect-files',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const chunks = bundle as unknown as Record<string, Chunk>;
      const page = Object.keys(chunks).find(name => chunks[name]?.facadeModuleId?.endsWith(PAGE));
      const worker = bundle[WORKER];
      if (page === undefined || worker?.type !== 'chunk')
        throw new Error(`${PAGE} or ${WORKER} was not built`);
      const files = [...[...filesOf(chunks, page)].map(name => `/${name}`), ...PUBLIC_FILES].sort();
      const build = createHash('sha256').update(files.join('\n')).digest('hex').slice(0, 16);
      worker.code = `const INSPECT_FILES=${JSON.stringify(files)};const INSPECT_BUILD=${JSON.stringify(build)};\n${worker.code}`;
    },
  };
}
