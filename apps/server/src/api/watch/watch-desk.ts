import { Inject, Injectable } from '@nestjs/common';
import { AppError, err, ok, type Clock } from '@anmai/kernel';
import {
  defaultPlan,
  mayCallDuty,
  mayEditWatch,
  mayEndWatch,
  mayStandDownDuty,
  mayStartWatch,
  type DutyCall,
  type WatchPlan,
} from '@anmai/lifecycle';
import type { Principal } from '@anmai/nest';
import type { BuildingFacts, DutyRow, Records, WatchRow } from '@anmai/postgres';
import type { WatchEditBody } from '@anmai/wire';
import { absent } from '../absent';
import { authorOf } from '../author';
import { HAZARD_ERRORS as E } from '../hazards/errors';
import { granted } from '../hazards/refused';
import { CLOCK, RECORDS } from '../ports';
import { PlanRules } from './plan-rules';

/** Structures whose cracks are judged as those of concrete. */
const CONCRETE = ['concrete'];

/** Starts, changes and ends monitoring plans, and keeps their rules in step. */
@Injectable()
export class WatchDesk {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    @Inject(PlanRules) private readonly rules: PlanRules,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async start(id: string, buildingId: string, duty: WatchPlan['duty'], caller: Principal): Promise<WatchRow> {
    const building =
      (await this.records.appraisals.building(buildingId, caller.within)) ?? absent('building', buildingId);
    const plan = await this.firstPlan(id, building, duty, caller);
    const started = await this.records.watches.start(
      plan,
      (facts, open) => mayStartWatch(facts.grade, open),
      authorOf(caller),
    );
    const row = granted(E.watchRefused, started);
    await this.rules.follow(row, authorOf(caller));
    return row;
  }

  async edit(id: string, version: number | null, body: WatchEditBody, caller: Principal): Promise<WatchRow> {
    const before = (await this.records.watches.get(id, caller.within)) ?? absent('watch plan', id);
    const answer = await this.records.watches.edit(
      id,
      version,
      (row, building) => {
        requireOwnSensors(body, building);
        const may = mayEditWatch(row, body, building.protection);
        return may.ok ? ok({ ...planOf(row), ...body }) : err(may.error);
      },
      authorOf(caller),
    );
    const row = granted(E.watchRefused, answer);
    await this.rules.follow(row, authorOf(caller), before);
    return row;
  }

  async end(id: string, caller: Principal): Promise<WatchRow> {
    const row = granted(E.watchRefused, await this.records.watches.end(id, mayEndWatch, authorOf(caller)));
    await this.rules.follow(row, authorOf(caller));
    return row;
  }

  async call(roundId: string, call: DutyCall, caller: Principal): Promise<DutyRow> {
    const answer = await this.records.watches.call(
      roundId,
      call,
      round => mayCallDuty(round, call.personId),
      caller.within,
    );
    return granted(E.dutyRefused, answer);
  }

  async standDown(roundId: string, note: string, caller: Principal): Promise<DutyRow> {
    const answer = await this.records.watches.standDown(
      roundId,
      note,
      round => mayStandDownDuty(round, note),
      authorOf(caller),
    );
    return granted(E.dutyRefused, answer);
  }

  /** What follows from grade, defects and sensors; all of it may be edited. */
  private async firstPlan(
    id: string,
    building: BuildingFacts,
    duty: WatchPlan['duty'],
    caller: Principal,
  ): Promise<WatchPlan> {
    const grade = building.grade === 'D' ? 'D' : 'C';
    const page = await this.records.appraisals.list({ buildingId: building.id, limit: 100 }, caller.within);
    const inForce = page.items.find(row => row.isInForce) ?? null;
    const { storeys, heightM, structure, sensors } = building;
    const isConcrete = structure !== null && CONCRETE.includes(structure);
    const watched = {
      grade,
      storeys,
      heightM,
      isConcrete,
      defects: inForce?.defects ?? [],
      sensors,
    } as const;
    return {
      ...{ id, buildingId: building.id, grade, appraisalId: inForce?.id ?? null, duty },
      ...{ startedAt: this.clock.now(), startedBy: caller.username, measures: [] },
      ...defaultPlan(watched),
      ...{ endedAt: null, endedByAppraisalId: null },
    };
  }
}

const planOf = ({ version: _v, buildingName: _b, orgId: _o, ...plan }: WatchRow): WatchPlan => plan;

function requireOwnSensors({ items }: WatchEditBody, building: BuildingFacts): void {
  const own = new Set(building.sensors.map(sensor => sensor.id));
  const strange = items.flatMap(item => item.sensorIds).find(id => !own.has(id));
  if (strange !== undefined) throw new AppError(E.strangeSensor, { id: strange, building: building.id });
}
