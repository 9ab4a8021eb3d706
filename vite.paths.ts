import { fileURLToPath } from 'node:url';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The same module names as `paths` in tsconfig.json, for Vite and Vitest. */
export const alias = [
  { find: '@anmai/simulators', replacement: at('./simulators/src/index.ts') },
  { find: /^@anmai\/([a-z]+)\/testing\/(.+)$/, replacement: `${at('./libs')}/$1/src/testing/$2` },
  { find: /^@anmai\/([a-z]+)$/, replacement: `${at('./libs')}/$1/src/index.ts` },
];
