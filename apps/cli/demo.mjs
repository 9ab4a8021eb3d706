// @ts-check
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { buildIfNeeded } from './build.mjs';

/*
 * The whole platform with the demonstration city: starts the program on a folder of its own, waits until it is ready,
 * lets the simulators publish the city's feeds over MQTT, and stops both on Ctrl-C.
 */
const asRoot = process.getuid?.() === 0;
const dataDir =
  process.env['ANMAI_DATA_DIR'] ??
  (asRoot ? '/var/lib/anmai-demo' : fileURLToPath(new URL('../../data/demo', import.meta.url)));
const built = (/** @type {string} */ name) =>
  fileURLToPath(new URL(`../../dist/server/${name}.js`, import.meta.url));
const say = (/** @type {string} */ line) => void process.stderr.write(`${line}\n`);

/** The log-in stays the same from one run of the demonstration to the next; it is made up at the first. */
function demoPassword() {
  const given = process.env['ANMAI_ADMIN_PASSWORD'];
  if (given) return given;
  const file = join(dataDir, 'demo-password');
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  const password = randomBytes(9).toString('base64url');
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  writeFileSync(file, `${password}\n`, { mode: 0o600 });
  return password;
}

await buildIfNeeded();
const password = demoPassword();
const env = {
  ANMAI_LOG_LEVEL: 'warn',
  ...process.env,
  ANMAI_DATA_DIR: dataDir,
  ANMAI_ADMIN_PASSWORD: password,
};
const server = spawn(process.execPath, ['--enable-source-maps', built('main')], {
  env,
  stdio: ['ignore', 'pipe', 'inherit'],
  detached: true,
});
/** @type {import('node:child_process').ChildProcess | null} */
let city = null;
let stopping = false;

async function stop(/** @type {number} */ code) {
  if (stopping) return;
  stopping = true;
  say('stopping …');
  if (city !== null && city.exitCode === null) {
    const ended = new Promise(resolve => city?.once('exit', resolve));
    city.kill('SIGTERM');
    await ended;
  }
  if (server.exitCode === null) {
    const ended = new Promise(resolve => server.once('exit', resolve));
    server.kill('SIGTERM');
    await ended;
  }
  process.exit(code);
}
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void stop(0));
server.once('exit', code => {
  if (!stopping) say('the platform ended by itself; see above');
  void stop(code ?? 1);
});

function publishCity(/** @type {{ http: string, mqtt: string }} */ ready) {
  const args = ['city', '--http', ready.http, '--mqtt', ready.mqtt, '--user', 'admin'];
  city = spawn(process.execPath, ['--enable-source-maps', built('sim'), ...args], {
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: true,
  });
  city.once('exit', code => {
    if (!stopping) say(`the simulators ended (exit ${code}); the platform goes on`);
  });
}

createInterface({ input: server.stdout }).on('line', line => {
  process.stdout.write(`${line}\n`);
  const said = JSON.parse(line);
  if (said.event !== 'ready') return;
  say('');
  say(`  安脉 Anmai 演示   ${said.http}`);
  say(`  用户 user         admin`);
  say(`  密码 password     ${password}`);
  say('  第一个报警在一分钟内出现;按 Ctrl-C 停止。 The first alarm comes within a minute; Ctrl-C stops.');
  say('');
  publishCity(said);
});
