import { defineConfig } from 'vitest/config';
import { alias } from './vite.paths.ts';

const shared = { resolve: { alias }, test: { globals: true } } as const;

/** Test files that cannot run without a program of the machine; `npm test` names what is missing. */
const NEEDS: Readonly<Record<string, readonly string[]>> = {
  influxd: ['libs/influx/**', 'test/bench/**', 'test/e2e/replay*', 'test/chaos/{outage,split-roles,kill}*'],
  mosquitto: ['libs/mqtt/src/outside*', 'test/e2e/outside-broker*', 'simulators/src/edge/fleet*'],
  'mosquitto-clients': ['test/e2e/mqtt.*'],
  chromium: ['test/browser/**'],
  openssl: ['libs/mqtt/src/embedded-transports*', 'test/e2e/mqtt.*', 'libs/notify/src/channels/tls*'],
  poppler: ['**/*.pdf.it-spec*'],
  xmllint: ['libs/wire/src/cap/**/*.it-spec*', 'apps/server/src/api/incidents/cap*.it-spec*'],
};
const without = (process.env['ANMAI_TEST_WITHOUT'] ?? '').split(',');
const exclude = ['**/node_modules/**', ...without.flatMap(name => NEEDS[name] ?? [])];

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
          // Structure and properties take their seconds on a machine that does other things.
          testTimeout: 30_000,
          include: [
            'libs/**/*.spec.ts',
            'apps/**/*.spec.ts',
            'apps/**/*.spec.tsx',
            'simulators/**/*.spec.ts',
            'test/tidy.spec.ts',
            'test/drills/*.spec.ts',
          ],
        },
      },
      {
        ...shared,
        test: {
          ...shared.test,
          name: 'it',
          include: ['**/*.it-spec.ts'],
          exclude,
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
          exclude,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
