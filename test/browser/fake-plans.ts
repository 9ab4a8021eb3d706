import type { InhibitionShape, ServiceWindowShape } from '@anmai/wire';
import { settingsFaults } from '@anmai/alarms';
import { FAKE_SETTINGS } from './fake-life';
import { absent, invalid, list, ok, stale, type Asked, type FakePart, type Reply } from './fake-reply';

const HOUR_MS = 3_600_000;
const iso = (at: number): string => new Date(at).toISOString();

const windowsOf = (now: number): ServiceWindowShape[] => [
  { id: 'w-probe', assetIds: ['well-0003'], sensorIds: [], startAt: iso(now - HOUR_MS), durationMs: 3 * HOUR_MS, rrule: null, reason: '探头标定，燃气公司二班', version: 1 },
  { id: 'w-flush', assetIds: ['mh-0001', 'mh-0002'], sensorIds: [], startAt: iso(now - 30 * 24 * HOUR_MS), durationMs: 90 * 60_000, rrule: 'FREQ=WEEKLY;BYDAY=TU,FR', reason: '清淤冲洗', version: 2 },
  { id: 'w-old', assetIds: [], sensorIds: ['dma-0001.p'], startAt: iso(now - 9 * 24 * HOUR_MS), durationMs: HOUR_MS, rrule: null, reason: '压力计更换', version: 1 },
]; // prettier-ignore

const INHIBITIONS: readonly InhibitionShape[] = [
  { id: 'power-hides', cause: { ruleIds: ['gas-adjacent'], severityMin: 'orange' }, hides: { assetKinds: ['building'], severityMax: 'orange' }, within: { kind: 'neighbours', hops: 2 }, maxMs: 6 * HOUR_MS, reason: '井内可燃气体超限时，相邻房屋的振动报警由它引起', version: 1 },
  { id: 'inhibit-main', cause: { assetKinds: ['water.pump'] }, hides: { ruleIds: ['water-end-pressure'], severityMax: 'yellow' }, within: { kind: 'downstream', hops: 3 }, reason: '泵站停机时下游末端压力低', version: 3 },
]; // prettier-ignore

interface Row {
  readonly id: string;
  readonly version: number;
}

/** Create, change and remove by version, as the real platform does. */
function writeRow(rows: Map<string, Row>, { method, parts, body, version }: Asked, made: string): Reply {
  const id = parts[1];
  if (id === undefined) {
    const next = { ...(body as object), id: (body as Partial<Row>).id ?? made, version: 1 };
    rows.set(next.id, next);
    return ok(next, 201);
  }
  const before = rows.get(id);
  if (before === undefined) return absent();
  if (version !== null && version !== before.version) return stale();
  if (method === 'DELETE') {
    rows.delete(id);
    return ok(null, 204);
  }
  const next = { ...(body as object), id, version: before.version + 1 };
  rows.set(id, next);
  return ok(next);
}

/** Windows, inhibitions and the settings of alarms. One instance holds one state. */
export function fakePlans(now: number): FakePart {
  const byId = <T extends Row>(items: readonly T[]): Map<string, Row> =>
    new Map(items.map(item => [item.id, item]));
  const windows = byId(windowsOf(now));
  const inhibitions = byId(INHIBITIONS);
  let settings = FAKE_SETTINGS;
  return asked => {
    const isRead = asked.method === 'GET';
    switch (asked.parts[0]) {
      case 'service-windows':
        return isRead ? list([...windows.values()]) : writeRow(windows, asked, `window-${windows.size + 1}`);
      case 'inhibitions':
        return isRead
          ? list([...inhibitions.values()])
          : writeRow(inhibitions, asked, `inhibition-${inhibitions.size + 1}`);
      case 'alarm-settings': {
        if (isRead) return ok(settings);
        if (asked.version !== settings.version) return stale();
        const body = asked.body as typeof settings;
        const [fault] = settingsFaults(body);
        if (fault !== undefined) return invalid(fault.split(' ')[0]!, fault);
        settings = { ...body, version: settings.version + 1 };
        return ok(settings);
      }
      default:
        return null;
    }
  };
}
