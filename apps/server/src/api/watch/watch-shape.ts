import { dutyLines, dutyStanding, maskedPhone, type WatchReport } from '@anmai/lifecycle';
import type { Millis } from '@anmai/kernel';
import type { CheckupDemand, DutyRow, WatchRow } from '@anmai/postgres';
import type { CheckupDemandShape, DutyRoundShape, WatchPlanShape, WatchReportShape } from '@anmai/wire';
import type { Principal } from '@anmai/nest';
import { iso, isoOrNull } from '../iso';
import { roleAllows } from '../permissions';

/** Who acts on hazards calls these people; nobody else needs their numbers. */
const phoneFor = (caller: Principal, phone: string): string =>
  roleAllows(caller.role, 'hazards.act') ? phone : maskedPhone(phone);

export function watchShape(row: WatchRow, caller: Principal): WatchPlanShape {
  const { orgId: _org, ...rest } = row;
  return {
    ...rest,
    items: row.items.map(item => ({ ...item, sensorIds: [...item.sensorIds] })),
    duty: row.duty.map(person => ({ ...person, phone: phoneFor(caller, person.phone) })),
    measures: row.measures.map(measure => ({
      ...measure,
      ...{ plannedFrom: iso(measure.plannedFrom), plannedTo: iso(measure.plannedTo) },
      approvalFileIds: [...measure.approvalFileIds],
    })),
    startedAt: iso(row.startedAt),
    endedAt: isoOrNull(row.endedAt),
  };
}

export function dutyShape(row: DutyRow, now: Millis, caller: Principal): DutyRoundShape {
  const { id, planId, buildingId, alarmId, severity, stoodDownBy, stoodDownNote } = row;
  return {
    ...{ id, planId, buildingId, alarmId, severity, stoodDownBy, stoodDownNote },
    ...{ startedAt: iso(row.startedAt), confirmBy: iso(row.confirmBy) },
    stoodDownAt: isoOrNull(row.stoodDownAt),
    lines: dutyLines(row).map(line => ({
      ...line,
      person: { ...line.person, phone: phoneFor(caller, line.person.phone) },
      at: isoOrNull(line.at),
    })),
    ...dutyStanding(row, now),
  };
}

export const demandShape = (row: CheckupDemand): CheckupDemandShape => ({
  ...row,
  alarmIds: [...row.alarmIds],
  ...{ demandedAt: iso(row.demandedAt), metAt: isoOrNull(row.metAt) },
});

const pointShape = (point: { at: Millis; value: number } | null) =>
  point && { at: iso(point.at), value: point.value };

export const reportShape = (planId: string, report: WatchReport): WatchReportShape => ({
  planId,
  ...{ from: iso(report.from), to: iso(report.to), verdict: report.verdict, worst: report.worst },
  unwatched: [...report.unwatched],
  sensors: report.sensors.map(each => ({
    ...each,
    ...{ min: pointShape(each.min), max: pointShape(each.max) },
    ...{ first: pointShape(each.first), last: pointShape(each.last) },
  })),
  alarms: report.alarms.map(alarm => ({
    ...alarm,
    ...{ raisedAt: iso(alarm.raisedAt), clearedAt: isoOrNull(alarm.clearedAt) },
  })),
});
