import { cpus, loadavg } from 'node:os';
import type { CheckupDetailShape, CheckupSubmitShape, Page, CheckupShape, PlanShape } from '@anmai/wire';
import { ApiClient } from '../support/api-client';
import { furnishCheckups, planCheckup, submissionOf } from '../support/checkup-city';
import { ADMIN_PASSWORD, removeDataDirs, startServer, type ServerProcess } from '../support/server-process';

/** Phones that come back into the net together. */
const AT_ONCE = 200;
/** A machine that is busy with other things says little; then only that nothing is lost. */
const isBusy = loadavg()[0]! > 2 * cpus().length;
const PER_SECOND_MIN = isBusy ? 5 : 40;

let server: ServerProcess;
let api: ApiClient;
let ina: ApiClient;
beforeAll(async () => {
  server = await startServer();
  api = await ApiClient.login(server.http);
  await furnishCheckups(api, 30);
  ina = await ApiClient.login(server.http, 'ina', ADMIN_PASSWORD);
});
afterAll(async () => {
  await server.stop();
  removeDataDirs();
});

it(`takes ${AT_ONCE} submissions at once and loses none`, async () => {
  for (let i = 0; i < AT_ONCE; i++) await planCheckup(api, `storm-${i}`, `house-${i % 20}`);
  const bodies = Array.from({ length: AT_ONCE }, (_, i) => submissionOf({}, undefined, `phone-${i}`));
  const from = performance.now();
  const replies = await Promise.all(
    bodies.map((body, i) => ina.post<CheckupSubmitShape>(`/checkups/storm-${i}/submit`, body)),
  );
  const perSecond = (AT_ONCE * 1_000) / (performance.now() - from);
  console.log(
    `${AT_ONCE} submissions at once: ${perSecond.toFixed(0)} a second, load ${loadavg()[0]!.toFixed(1)}`,
  );
  expect(replies.map(reply => reply.status)).toEqual(bodies.map(() => 200));
  // Again, as phones do that did not hear the answer: nothing is there twice.
  const again = await Promise.all(
    bodies.map((body, i) => ina.post<CheckupSubmitShape>(`/checkups/storm-${i}/submit`, body)),
  );
  expect(again.every(reply => reply.body.again)).toBe(true);
  const { body } = await api.get<Page<CheckupShape>>('/checkups?state=submitted&limit=1000');
  expect(body.items.filter(each => each.id.startsWith('storm-') && each.revision === 1)).toHaveLength(
    AT_ONCE,
  );
  expect(perSecond).toBeGreaterThan(PER_SECOND_MIN);
});

it('tells it on the timeline of the building, and plans the year', async () => {
  const detail = await api.get<CheckupDetailShape>('/checkups/storm-0');
  expect(detail.body.records).toHaveLength(1);
  const { body } = await api.get<Page<{ kind: string; change: string }>>(
    '/buildings/house-0/timeline?kind=checkup&limit=100',
  );
  expect(body.items.map(each => each.change)).toEqual(expect.arrayContaining(['planned', 'submitted']));
  const plan = await api.must<PlanShape>('/checkups/rounds/preview', { year: 2027 });
  expect(plan.planned + plan.noAgency + plan.noCapacity).toBeGreaterThan(0);
});
