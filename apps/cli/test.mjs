// @ts-check
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildIfNeeded } from './build.mjs';

/*
 * Every check that has to hold before a change lands: what `npm run check` does, then the adapters against the real
 * services, the whole program, and the page in a real browser. What is missing of the services is installed from
 * Debian's packages when run as root; otherwise it is named, and its tests are listed as skipped. With
 * ANMAI_TEST_STRICT=1 a skip is a failure.
 */
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const REPORT = join(ROOT, '.cache', 'test-report.json');
const strict = process.env['ANMAI_TEST_STRICT'] === '1';
const say = (/** @type {string} */ line) => void process.stdout.write(`${line}\n`);

/** Program, Debian package, and the tests that cannot run without it. */
const SERVICES = [
  { name: 'influxd', at: ['/usr/bin/influxd'], packages: ['influxdb'] },
  { name: 'mosquitto', at: ['/usr/sbin/mosquitto'], packages: ['mosquitto'] },
  { name: 'mosquitto-clients', at: ['/usr/bin/mosquitto_pub'], packages: ['mosquitto-clients'] },
  { name: 'chromium', at: ['/usr/bin/chromium'], packages: ['chromium', 'fonts-noto-cjk'] },
  { name: 'xmllint', at: ['/usr/bin/xmllint'], packages: ['libxml2-utils'] },
  { name: 'poppler', at: ['/usr/bin/pdftotext'], packages: ['poppler-utils'] },
  { name: 'openssl', at: ['/usr/bin/openssl'], packages: ['openssl'] },
];

const missing = () => SERVICES.filter(service => !service.at.some(path => existsSync(path)));

function installMissing() {
  const packages = missing().flatMap(service => service.packages);
  const isRoot = process.getuid?.() === 0;
  if (packages.length === 0 || !isRoot || !existsSync('/usr/bin/apt-get')) return;
  say(`installing ${packages.join(' ')} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update', '-q'], { stdio: 'ignore', env });
  spawnSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env,
  });
  // The packages start servers of their own; the tests start theirs.
  for (const service of ['influxdb', 'mosquitto'])
    spawnSync('service', [service, 'stop'], { stdio: 'ignore' });
}

/** @returns {Promise<number>} */
function run(
  /** @type {string} */ program,
  /** @type {string[]} */ args,
  /** @type {Record<string, string>} */ env = {},
) {
  return new Promise(resolve => {
    const child = spawn(program, args, { cwd: ROOT, stdio: 'inherit', env: { ...process.env, ...env } });
    child.once('exit', code => resolve(code ?? 1));
  });
}

const bin = (/** @type {string} */ name) => join(ROOT, 'node_modules/.bin', name);
const counts = { passed: 0, failed: 0, skipped: 0 };

async function step(/** @type {string} */ name, /** @type {string} */ program, /** @type {string[]} */ args) {
  const since = performance.now();
  const code = await run(program, args);
  say(
    `${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${Math.round((performance.now() - since) / 100) / 10} s)`,
  );
  if (code === 0) counts.passed++;
  else counts.failed++;
}

async function tests(/** @type {string[]} */ projects) {
  mkdirSync(join(ROOT, '.cache'), { recursive: true });
  rmSync(REPORT, { force: true });
  const without = missing()
    .map(service => service.name)
    .join(',');
  const args = [
    'run',
    ...projects.flatMap(name => ['--project', name]),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${REPORT}`,
  ];
  const code = await run(bin('vitest'), args, { ANMAI_TEST_WITHOUT: without });
  if (!existsSync(REPORT)) {
    counts.failed++;
    return;
  }
  const report = JSON.parse(readFileSync(REPORT, 'utf8'));
  counts.passed += report.numPassedTests;
  counts.failed += report.numFailedTests;
  counts.skipped += report.numPendingTests + report.numTodoTests;
  // A file that could not be read, or an error outside of a test, fails the run without failing a test.
  if (code !== 0 && report.numFailedTests === 0) counts.failed++;
}

installMissing();
for (const service of missing()) {
  counts.skipped++;
  say(
    `SKIPPED: everything that needs ${service.name} (Debian: ${service.packages.join(' ')}); install it or run as root`,
  );
}
await step('format', bin('prettier'), ['--check', '--log-level', 'warn', '.']);
await step('types', bin('tsc'), ['-p', '.']);
await step('lint', bin('eslint'), ['.']);
await buildIfNeeded();
await tests(['unit']);
await tests(['it']);
await tests(['e2e']);
if (strict && counts.skipped > 0) {
  say(`${counts.skipped} skipped: a failure with ANMAI_TEST_STRICT=1`);
  counts.failed += counts.skipped;
}
say(`${counts.passed} passed, ${counts.failed} failed`);
process.exit(counts.failed === 0 ? 0 : 1);
