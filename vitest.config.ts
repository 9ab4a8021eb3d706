import { defineConfig } from 'vitest/config';
import { alias } from './vite.paths.ts';

const shared = { resolve: { alias }, test: { globals: true } } as const;

/**
 * Four tiers. `unit`: pure, no sockets, no services. `it`: one adapter against the real service.
 * `e2e`: the whole program. `browser`: the page in Chromium.
 */
export default defineConfig({
  ...shared,
  test: {
    projects: [
      {
        ...shared,
        test: {
          ...shared.test,
          name: 'unit',
          include: [
            'libs/**/*.spec.ts',
            'apps/**/*.spec.ts',
            'apps/**/*.spec.tsx',
            'simulators/**/*.spec.ts',
            'test/tidy.spec.ts',
          ],
        },
      },
      {
        ...shared,
        test: {
          ...shared.test,
          name: 'it',
          include: ['**/*.it-spec.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        ...shared,
        test: {
          ...shared.test,
          name: 'e2e',
          include: ['test/**/*.e2e-spec.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
