import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DAY_MS } from '@anmai/kernel';
import { defaultPlan, watchReport, type ReportPoint, type WatchPlan } from '@anmai/lifecycle';
import type { WatchRow } from '@anmai/postgres';
import { appraisal, watchPlan } from '@anmai/postgres/testing/hazard-samples';
import { pdfOf } from '@anmai/reports';
import { reportDoc, type ReportCase } from './report-doc';

const run = promisify(execFile);
const CHINA = 8 * 3_600_000;
const FROM = Date.UTC(2026, 9, 31, 16);
const TO = Date.UTC(2026, 10, 30, 16);

/** A wall that leans a little more each day, breathes with the sun, and whose sensor was away for two days. */
function tilt(base: number, perDay: number): ReportPoint[] {
  return Array.from({ length: 30 * 144 }, (_, i) => ({
    at: FROM + i * 600_000,
    value: base + (perDay * i) / 144 + 0.4 * Math.sin((i / 144) * 2 * Math.PI),
  })).filter((_, i) => i < 1_800 || i > 2_088);
}

function monthOfABuilding(): ReportCase {
  const sensors = [
    { id: 'b1.tilt-e', name: '东墙倾角 T1', quantity: 'building.tilt', unit: 'mm/m' },
    { id: 'b1.tilt-w', name: '西墙倾角 T2', quantity: 'building.tilt', unit: 'mm/m' },
  ];
  const made = defaultPlan({
    ...{ grade: 'C', storeys: 4, heightM: 12, isConcrete: false, sensors },
    defects: [{ kind: 'crack', where: '一层 B-3 承重墙', note: '' }],
  });
  const measures: WatchPlan['measures'] = [
    { id: 'm1', kind: 'reinforcement', title: '一层承重墙压力注浆及钢筋网砂浆面层加固', plannedFrom: FROM, plannedTo: TO, progressPercent: 40, note: '', approvalFileIds: [] },
  ]; // prettier-ignore
  const plan: WatchRow = {
    ...watchPlan('wat-b1', { ...made, measures, startedAt: FROM - 40 * DAY_MS, appraisalId: 'apr-1' }),
    ...{ version: 3, buildingName: '百花里 17 号楼', orgId: 'city' },
  };
  const readings = new Map([
    ['b1.tilt-e', tilt(6, 0.16)],
    ['b1.tilt-w', tilt(4, 0.02)],
  ]);
  const alarms = [
    { id: 'al-1', sensorId: 'b1.tilt-e', severity: 'yellow', raisedAt: FROM + 24 * DAY_MS, clearedAt: null, ruleName: '百花里 17 号楼 监测方案:整体 量' },
  ] as const; // prettier-ignore
  return {
    evidence: {
      ...{ plan, asked: { from: FROM, to: TO }, readings },
      report: watchReport({ plan, from: FROM, to: TO, readings, alarms }),
      names: new Map(sensors.map(sensor => [sensor.id, sensor.name])),
    },
    kind: 'monthly',
    building: { id: '410102-0017', name: '百花里 17 号楼', orgId: 'city', grade: 'C', protection: null, storeys: 4, heightM: 12, structure: 'masonry', address: '中原区林山寨街道伏牛路 88 号院', sensors },
    issuer: '示例市住房和城乡建设局',
    appraisal: { ...appraisal('apr-1', { reportNumber: '鉴-2026-018', agency: '市房屋安全鉴定所', reportedAt: FROM - 41 * DAY_MS }), buildingName: '', isInForce: true },
    relief: null,
    rounds: [],
    hazards: [],
    now: TO + 3_600_000,
    utcOffsetMs: CHINA,
  }; // prettier-ignore
}

/** What a reader finds in it. */
async function textOf(bytes: Uint8Array): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'anmai-watch-'));
  try {
    const path = join(folder, 'report.pdf');
    await writeFile(path, bytes);
    return (await run('pdftotext', ['-layout', path, '-'])).stdout;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

it('tells a month of a leaning building so that a mayor can read it', async () => {
  const given = monthOfABuilding();
  const bytes = await pdfOf(reportDoc(given, 'zh'));
  const { ANMAI_KEEP_PDF: keep } = process.env;
  if (keep !== undefined) await writeFile(keep, bytes);
  const text = (await textOf(bytes)).replace(/\s+/g, '');
  for (const part of ['C 级房屋安全监测月报', '百花里 17 号楼', '关注', '鉴-2026-018', '不改变房屋鉴定等级', '裂缝宽度', '无传感器', '东墙倾角 T1', '93.3%', '10/14/20', '加固', '40 %', '暂定限值'])
    expect(text).toContain(part.replaceAll(' ', ''));
  expect(text).toContain('第1页');
  expect(await pdfOf(reportDoc(given, 'zh'))).toEqual(bytes);
}); // prettier-ignore

it('says in English as much', async () => {
  const text = await textOf(await pdfOf(reportDoc(monthOfABuilding(), 'en')));
  expect(text).toContain('Monthly monitoring report, building of grade C');
  expect(text).toContain('It is no grade');
});
