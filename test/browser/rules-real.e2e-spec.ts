import type { Page } from 'playwright-core';
import { explainReply, type AlarmShape, type ExplainReply, type Page as List } from '@anmai/wire';
import { ApiClient } from '../support/api-client';
import { connectDevice, register, send } from '../support/device';
import { eventually } from '../support/eventually';
import { ADMIN_PASSWORD, removeDataDirs, startServer, type ServerProcess } from '../support/server-process';
import { browsing, enterReal } from './open-page';

/** A rule from the first look to a tried draft in force, and why its alarm came: page and program together. */
const MINUTE_MS = 60_000;
const RULE = {
  id: 'gas',
  name: '井内可燃气体',
  appliesTo: { quantity: 'gas.combustible' },
  condition: {
    type: 'threshold',
    unit: '%LEL',
    limits: [{ severity: 'yellow', above: 20, clearBelow: 18 }],
    raiseAfter: { samples: 2 },
  },
  source: { kind: 'assumption', why: '演示', reviewBy: '2027-06-30' },
};
const VALUES = [1, 2, 16, 2, 1, 16, 22, 24, 25, 3, 2, 1];

let server: ServerProcess;
let api: ApiClient;
let alarm: AlarmShape;
const { newPage } = browsing();
const start = Math.floor((Date.now() - 3_600_000) / MINUTE_MS) * MINUTE_MS;

beforeAll(async () => {
  server = await startServer();
  api = await ApiClient.login(server.http);
  const device = await register(api, 'w1', [{ channel: 'ch4' }]);
  await api.must('/rules', RULE);
  const client = await connectDevice(server.mqtt, device);
  for (const [minute, value] of VALUES.entries())
    await send(client, 'w1', start + minute * MINUTE_MS, { ch4: value });
  await client.endAsync();
  alarm = await eventually(async () => (await api.get<List<AlarmShape>>('/alarms')).body.items[0] ?? false);
  await eventually(async () => (await explanation()).trace?.readings === VALUES.length);
});
afterAll(async () => {
  await server?.kill();
  removeDataDirs();
});

const explanation = async (): Promise<ExplainReply> =>
  explainReply.parse((await api.get(`/alarms/${alarm.id}/explain`)).body);

const enter = async (path: string): Promise<Page> =>
  enterReal(await newPage(), server.http + path, 'admin', ADMIN_PASSWORD);

it('explains an alarm by the readings that the program stored', async () => {
  const { trace, rule } = await explanation();
  expect([rule.id, rule.version, trace?.raisedAt]).toEqual(['gas', 1, alarm.raisedAt]);
  const met = trace?.rows.filter(row => row.limits[0]?.met).map(row => row.value);
  expect(met).toEqual([22, 24, 25]);
  const page = await enter(`/?alarm=${alarm.id}`);
  await page.getByTestId('explain-show').click();
  await page.locator(`[data-testid=explain-chart][data-count="${VALUES.length}"] canvas`).waitFor();
  await page.getByTestId('explain').getByText('1 分后报警').waitFor();
});

it('tries a draft on what is stored, refuses a faulty one at its field, and puts it in force', async () => {
  const page = await enter('/rules/gas');
  await page.getByTestId('rule-edit').click();
  const above = page.locator('input[data-path="limits.0.above"]');
  await above.fill('17');
  await page.getByTestId('backtest-run').click();
  await page.locator('[data-fault="limits.0.clearBelow"]').getByText('must be below').waitFor();
  await above.fill('15');
  await page.locator('input[data-path="limits.0.clearBelow"]').fill('10');
  await page.locator('input[data-path="raiseAfter.samples"]').fill('1');
  await page.getByTestId('backtest-run').click();
  const result = page.getByTestId('backtest-result');
  // The lone 16 comes on top; the other alarm begins earlier.
  await result.getByText('新增 1，消失 0，改变 1，不变 0').waitFor();
  await result.getByText(`1 个测点，${VALUES.length} 条读数`).waitFor();
  await page.getByTestId('backtest-curve').locator('canvas').waitFor();
  await page.getByTestId('rule-activate').click();
  await page.locator('[data-testid=rule-detail][data-version="2"]').waitFor();
  const { body } = await api.get<{ condition: object }>('/rules/gas');
  expect(body.condition).toEqual({
    ...RULE.condition,
    limits: [{ severity: 'yellow', above: 15, clearBelow: 10 }],
    raiseAfter: { samples: 1 },
  });
  expect((await explanation()).rule.version).toBe(1);
});
