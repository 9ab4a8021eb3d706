import { AppError, type Clock } from '@anmai/kernel';
import {
  CHECKUP_FORMS,
  dateAt,
  familyOfFile,
  planYear,
  STRUCTURE_FAMILIES,
  type FormRef,
  type RegimeRuleSet,
  type StructureFamily,
  type YearPlan,
} from '@anmai/lifecycle';
import type { Principal } from '@anmai/nest';
import {
  ROUND_ITEMS_MAX,
  type AgencyRow,
  type NewCheckup,
  type PlanCandidate,
  type Records,
  type RoundRow,
} from '@anmai/postgres';
import type { newRoundSchema, PlanShape, roundFilterSchema } from '@anmai/wire';
import type { z } from 'zod';
import { authorOf } from '../author';
import { newId } from '../new-id';
import { CHECKUP_ERRORS as E } from './errors';

type Filter = z.output<typeof roundFilterSchema>;
interface Drawn {
  readonly plan: YearPlan;
  readonly candidates: ReadonlyMap<string, PlanCandidate>;
  readonly agencies: readonly AgencyRow[];
}

/** Plans the rounds of a year: what falls due, over agencies and months. */
export class RoundDesk {
  constructor(
    private readonly records: Records,
    private readonly clock: Clock,
    private readonly utcOffsetMs: number,
  ) {}

  async preview(filter: Filter, caller: Principal): Promise<PlanShape> {
    return planShape(await this.draw(filter, caller));
  }

  async create(
    { id, name, orgId, ...filter }: z.output<typeof newRoundSchema>,
    caller: Principal,
  ): Promise<{ round: RoundRow; plan: PlanShape }> {
    const drawn = await this.draw(filter, caller);
    const roundId = id ?? newId('round');
    const formOf = await this.forms();
    const checkups = drawn.plan.planned.map(({ buildingId, agencyId, month }): NewCheckup => {
      const candidate = drawn.candidates.get(buildingId)!;
      return {
        id: newId('checkup'),
        ...{ buildingId, kind: 'regular', ruleSet: candidate.ruleSet, agencyId, inspectors: [] },
        form: formOf(familyOfFile(candidate.file)),
        ...monthOf(filter.year, month),
        ...{ roundId, demand: null },
      };
    });
    const value = { id: roundId, orgId: orgId ?? caller.orgId, year: filter.year, name, body: filter };
    const round = await this.records.checkupRounds.create(value, checkups, authorOf(caller));
    return { round, plan: planShape(drawn) };
  }

  private async draw(filter: Filter, caller: Principal): Promise<Drawn> {
    const { checkupDues, regimes } = this.records;
    const today = dateAt(this.clock.now(), this.utcOffsetMs);
    // Nobody is left out because its date was still being reckoned.
    while ((await checkupDues.refresh(today, this.utcOffsetMs)) > 0);
    const found = await checkupDues.toPlan(filter, caller.within);
    if (found.length > ROUND_ITEMS_MAX) throw new AppError(E.roundTooWide, { max: ROUND_ITEMS_MAX });
    const wanted = new Set(filter.agencyIds);
    const agencies = (await regimes.agencies(caller.within)).filter(
      ({ id }) => wanted.size === 0 || wanted.has(id),
    );
    const ruleSets = new Map(
      (await regimes.ruleSets()).map(({ ruleSet }) => [`${ruleSet.id}@${ruleSet.version}`, ruleSet]),
    );
    const demandOf = ({ ruleSet: { id, version } }: PlanCandidate): RegimeRuleSet['agency'] =>
      ruleSets.get(`${id}@${version}`)!.agency;
    const items = found.map(each => ({ ...each, demand: demandOf(each) }));
    const plan = planYear(items, agencies, filter.year, filter.monthFrom);
    return { plan, agencies, candidates: new Map(found.map(each => [each.buildingId, each])) };
  }

  /** Where the structure is not known yet, the form for masonry: on site another one is taken if need be. */
  private async forms(): Promise<(family: StructureFamily | null) => FormRef> {
    const newest = new Map<StructureFamily, FormRef>();
    for (const family of STRUCTURE_FAMILIES) {
      const { id, version } =
        (await this.records.regimes.form(CHECKUP_FORMS[family].id, null)) ?? CHECKUP_FORMS[family];
      newest.set(family, { id, version });
    }
    return family => newest.get(family ?? 'masonry')!;
  }
}

const monthOf = (year: number, month: number): { dueFrom: string; dueOn: string } => {
  const two = String(month).padStart(2, '0');
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return { dueFrom: `${year}-${two}-01`, dueOn: `${year}-${two}-${last}` };
};

function planShape({ plan, candidates, agencies }: Drawn): PlanShape {
  const months = new Map(agencies.map(({ id }) => [id, Array.from({ length: 12 }, () => 0)]));
  const streets = new Map<string, PlanShape['byStreet'][number]>();
  const count = (buildingId: string, key: 'planned' | 'unplanned'): void => {
    const { district, street } = candidates.get(buildingId)!;
    const name = `${district}\n${street}`;
    const present = streets.get(name) ?? { district, street, planned: 0, unplanned: 0 };
    present[key] += 1;
    streets.set(name, present);
  };
  for (const { buildingId, agencyId, month } of plan.planned) {
    months.get(agencyId)![month - 1]! += 1;
    count(buildingId, 'planned');
  }
  for (const { buildingId } of plan.unplanned) count(buildingId, 'unplanned');
  const why = (reason: 'noAgency' | 'noCapacity'): number =>
    plan.unplanned.filter(each => each.why === reason).length;
  return {
    planned: plan.planned.length,
    late: plan.planned.filter(each => each.late).length,
    noAgency: why('noAgency'),
    noCapacity: why('noCapacity'),
    byAgency: agencies.map(({ id, capacityByMonth }) => ({
      agencyId: id,
      months: months.get(id)!,
      capacity: [...capacityByMonth],
    })),
    byStreet: [...streets.values()],
  };
}
