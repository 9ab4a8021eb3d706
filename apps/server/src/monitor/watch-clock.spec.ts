import type { HazardTimer } from '@anmai/lifecycle';
import { HAZARD_TERMS } from '@anmai/lifecycle';
import type { HazardRow } from '@anmai/postgres';
import { WatchClock } from './watch-clock';

const HOUR_MS = 3_600_000;
/** Found and not registered: due a day later. */
const found = (id: string): HazardRow => ({
  ...{ id, buildingId: 'b1', source: 'patrol', sourceId: null, title: id, where: '', note: '' },
  ...{ fileIds: [], reporter: 'ines', foundAt: 0, stage: 'found', level: null, stageSince: 0 },
  ...{ orgId: null, person: null, dueAt: null, appraisalDueAt: null, appraisalId: null, controls: [] },
  ...{ extension: null, extensionsGranted: 0, registeredAt: null, dispatchedAt: null, controlledAt: null },
  ...{ repairedAt: null, repairedBy: null, acceptedAt: null, closedAt: null, lookedBackAt: null },
  ...{ reopenedCount: 0, photosBefore: [], photosAfter: [], lastN: 0 },
  ...{ buildingName: 'b1', orgName: null, nextDueAt: 24 * HOUR_MS },
});

/** A clock over records that hold `ids`, two to a page; `noted`: what was written. */
function bed(ids: readonly string[], hours: number) {
  const noted: string[] = [];
  const faults: unknown[] = [];
  const state = { hours, failures: 0, alarmLooks: 0, hold: Promise.resolve() };
  const clock = new WatchClock(
    {
      clock: { now: () => state.hours * HOUR_MS },
      parts: { records: { up: true, failed: error => faults.push(error) } },
    },
    {
      watches: {
        tellAlarms: async () => {
          state.alarmLooks++;
          return { rounds: 0, demands: 0 };
        },
      },
      hazards: {
        terms: async () => ({ ...HAZARD_TERMS, version: 0 }),
        list: async ({ cursor }) => {
          await state.hold;
          const from = Number(cursor ?? 0);
          const items = ids.slice(from, from + 2).map(found);
          return { items, nextCursor: from + 2 < ids.length ? String(from + 2) : null };
        },
        noteOverdue: async (hazard: HazardRow, timers: readonly HazardTimer[]) => {
          if (state.failures-- > 0) throw new Error('away');
          noted.push(...timers.map(({ kind, escalateTo }) => `${hazard.id} ${kind} ${escalateTo}`));
          return timers.length;
        },
      },
    },
  );
  return { clock, noted, faults, state };
}

it.each<[string, number, readonly string[]]>([
  ['in time', 24, []],
  ['just over', 25, ['h register owner']],
  ['a day over', 48, ['h register owner', 'h register street']],
  ['after an outage', 24 * 9, ['owner', 'street', 'district', 'city'].map(rung => `h register ${rung}`)],
])('notes every rung reached, each once: %s', async (_name, hours, expected) => {
  const { clock, noted } = bed(['h'], hours);
  await clock.lookAtHazards();
  await clock.lookAtHazards();
  expect(noted).toEqual(expected);
});

it('notes with the next look what could not be written', async () => {
  const { clock, noted, faults, state } = bed(['h'], 25);
  state.failures = 1;
  await clock.lookAtHazards();
  expect([noted, faults.length]).toEqual([[], 1]);
  await clock.lookAtHazards();
  expect(noted).toEqual(['h register owner']);
});

it('goes through all pages, whatever stays overdue', async () => {
  const { clock, noted, state } = bed(['a', 'b', 'c', 'd', 'e'], 25);
  await clock.lookAtHazards();
  expect(noted).toEqual(['a', 'b', 'c', 'd', 'e'].map(id => `${id} register owner`));
  state.hours = 48;
  await clock.lookAtHazards();
  expect(noted.slice(5)).toEqual(['a', 'b', 'c', 'd', 'e'].map(id => `${id} register street`));
});

it('a long look at hazards holds up no alarm, and is not begun twice', async () => {
  const { clock, noted, state } = bed(['h'], 25);
  let go = (): void => undefined;
  state.hold = new Promise(resolve => (go = resolve));
  const looks = [clock.lookAtHazards(), clock.lookAtHazards()];
  await clock.lookAtAlarms();
  expect(state.alarmLooks).toBe(1);
  go();
  await Promise.all(looks);
  expect(noted).toEqual(['h register owner']);
});
