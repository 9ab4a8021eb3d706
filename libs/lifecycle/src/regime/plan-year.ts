import { monthNumber, yearOf, type CalendarDate } from './calendar-date';
import { isQualified } from './agency';
import type { AgencyDemand } from './rule-set';

export interface PlanItem {
  readonly buildingId: string;
  readonly district: string;
  readonly street: string;
  readonly dueFrom: CalendarDate;
  readonly dueOn: CalendarDate;
  readonly demand: AgencyDemand;
}
export interface PlanAgency {
  readonly id: string;
  readonly qualifications: readonly string[];
  /** Empty: all streets. */
  readonly streets: readonly string[];
  /** January first. */
  readonly capacityByMonth: readonly number[];
}
export interface PlannedItem {
  readonly buildingId: string;
  readonly agencyId: string;
  /** 1 … 12. */
  readonly month: number;
  /** After the month in which it falls due: no capacity was left before. */
  readonly late: boolean;
}
export interface YearPlan {
  readonly planned: readonly PlannedItem[];
  readonly unplanned: readonly {
    readonly buildingId: string;
    /** `noAgency`: none of that street has the qualifications. `noCapacity`: all months of all of them are full. */
    readonly why: 'noAgency' | 'noCapacity';
  }[];
}

/** One agency in one month. */
interface Slot {
  readonly agencyId: string;
  readonly month: number;
  readonly capacity: number;
  used: number;
}

/**
 * Spreads what falls due in a year over agencies and months, from `monthFrom` on. What is due first is placed first;
 * a street stays with the agency that already works there; within what is allowed the emptiest month is taken.
 * The same input in any order gives the same plan.
 */
export function planYear(
  items: readonly PlanItem[],
  agencies: readonly PlanAgency[],
  year: number,
  monthFrom = 1,
): YearPlan {
  const planned: PlannedItem[] = [];
  const unplanned: { buildingId: string; why: 'noAgency' | 'noCapacity' }[] = [];
  const slotsOf = slotFinder(agencies, monthFrom);
  const homes = new Map<string, string>();
  for (const item of sorted(items, year)) {
    const slots = slotsOf(item);
    const street = `${item.district} ${item.street}`;
    const slot = choose(
      slots,
      lastMonth(item, year, monthFrom),
      firstMonth(item, year, monthFrom),
      homes.get(street),
    );
    if (slot === null) {
      unplanned.push({ buildingId: item.buildingId, why: slots.length === 0 ? 'noAgency' : 'noCapacity' });
      continue;
    }
    slot.used += 1;
    homes.set(street, slot.agencyId);
    const { agencyId, month } = slot;
    planned.push({
      buildingId: item.buildingId,
      agencyId,
      month,
      late: month > lastMonth(item, year, monthFrom),
    });
  }
  return { planned, unplanned };
}

const firstMonth = ({ dueFrom }: PlanItem, year: number, monthFrom: number): number =>
  yearOf(dueFrom) < year
    ? monthFrom
    : yearOf(dueFrom) > year
      ? 12
      : Math.max(monthNumber(dueFrom), monthFrom);
/** Overdue already: as soon as can be. */
const lastMonth = ({ dueOn }: PlanItem, year: number, monthFrom: number): number =>
  yearOf(dueOn) < year ? monthFrom : yearOf(dueOn) > year ? 12 : Math.max(monthNumber(dueOn), monthFrom);

function sorted(items: readonly PlanItem[], year: number): readonly PlanItem[] {
  const keyed = items.map(item => {
    const due = yearOf(item.dueOn) > year ? `${year}-12` : item.dueOn.slice(0, 7);
    return { item, key: `${due} ${item.district} ${item.street} ${item.buildingId}` };
  });
  return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ item }) => item);
}

/** Slots that may take an item; worked out once for each street and demand. */
function slotFinder(agencies: readonly PlanAgency[], monthFrom: number): (item: PlanItem) => readonly Slot[] {
  const slots = [...agencies]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(agency => ({
      agency,
      months: agency.capacityByMonth.flatMap((capacity, i): Slot[] =>
        i + 1 < monthFrom ? [] : [{ agencyId: agency.id, month: i + 1, capacity, used: 0 }],
      ),
    }));
  const known = new Map<string, readonly Slot[]>();
  return ({ street, demand }) => {
    const key = `${street}\n${JSON.stringify(demand.anyOf)}`;
    const found =
      known.get(key) ??
      slots
        .filter(
          ({ agency }) =>
            (agency.streets.length === 0 || agency.streets.includes(street)) &&
            isQualified(demand, agency.qualifications),
        )
        .flatMap(({ months }) => months);
    known.set(key, found);
    return found;
  };
}

function choose(slots: readonly Slot[], last: number, first: number, home: string | undefined): Slot | null {
  const free = (slot: Slot): boolean => slot.used < slot.capacity;
  const inTime = (slot: Slot): boolean => free(slot) && slot.month <= last && slot.month >= first;
  return (
    emptiest(slots, slot => inTime(slot) && slot.agencyId === home) ??
    emptiest(slots, inTime) ??
    // Too early is better than late, and late is better than not at all.
    latest(slots, slot => free(slot) && slot.month < first) ??
    earliest(slots, free)
  );
}

function emptiest(slots: readonly Slot[], fits: (slot: Slot) => boolean): Slot | null {
  let best: Slot | null = null;
  for (const slot of slots)
    if (fits(slot) && (best === null || slot.used * best.capacity < best.used * slot.capacity)) best = slot;
  return best;
}
function latest(slots: readonly Slot[], fits: (slot: Slot) => boolean): Slot | null {
  let best: Slot | null = null;
  for (const slot of slots) if (fits(slot) && (best === null || slot.month > best.month)) best = slot;
  return best;
}
function earliest(slots: readonly Slot[], fits: (slot: Slot) => boolean): Slot | null {
  let best: Slot | null = null;
  for (const slot of slots) if (fits(slot) && (best === null || slot.month < best.month)) best = slot;
  return best;
}
