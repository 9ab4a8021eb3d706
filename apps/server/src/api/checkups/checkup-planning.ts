import { AppError, type Clock } from '@anmai/kernel';
import {
  CHECKUP_FORMS,
  dateAt,
  familyOfFile,
  isQualified,
  type FormRef,
  type RegimeRuleSet,
} from '@anmai/lifecycle';
import type { Principal } from '@anmai/nest';
import type { CheckupRow, Records } from '@anmai/postgres';
import type { assignCheckupSchema, newCheckupSchema } from '@anmai/wire';
import type { z } from 'zod';
import { absent } from '../absent';
import { authorOf } from '../author';
import { newId } from '../new-id';
import { roleAllows } from '../permissions';
import { CheckupDesk } from './checkup-desk';
import { CHECKUP_ERRORS as E } from './errors';

/** Which rules, which form and which agency a check-up gets. */
export class CheckupPlanning {
  constructor(
    private readonly records: Records,
    private readonly desk: CheckupDesk,
    private readonly clock: Clock,
    private readonly utcOffsetMs: number,
  ) {}

  async plan(body: z.output<typeof newCheckupSchema>, caller: Principal): Promise<CheckupRow> {
    const { id, ruleSetId, form, demand, ...rest } = body;
    const building = await this.records.assets.get(body.buildingId, caller.within);
    if (building === null) absent('building', body.buildingId);
    const ruleSet = await this.ruleSetOf(body.buildingId, ruleSetId);
    if (body.agencyId !== null) await this.requireQualified(body.agencyId, ruleSet, caller);
    await this.requireInspectors(body.inspectors);
    const value = {
      ...rest,
      id: id ?? newId('checkup'),
      ruleSet: { id: ruleSet.id, version: ruleSet.version },
      form: form === undefined ? await this.formOf(building.id, building.properties) : await this.known(form),
      roundId: null,
      demand: demand === null ? null : { ...demand, at: this.clock.now(), by: caller.username },
    };
    const [row] = await this.records.checkups.plan([value], authorOf(caller));
    return row!;
  }

  async assign(
    id: string,
    { agencyId, inspectors }: z.output<typeof assignCheckupSchema>,
    caller: Principal,
  ): Promise<CheckupRow> {
    const row = await this.desk.seen(id, caller);
    const { regimes } = this.records;
    const ruleSet = await regimes.ruleSet(row.ruleSet.id, row.ruleSet.version);
    if (ruleSet !== null) await this.requireQualified(agencyId, ruleSet, caller);
    await this.requireInspectors(inspectors);
    return this.desk.assign(id, agencyId, inspectors, caller);
  }

  private async ruleSetOf(buildingId: string, ruleSetId: string | undefined): Promise<RegimeRuleSet> {
    const { regimes } = this.records;
    if (ruleSetId !== undefined)
      return (await regimes.ruleSet(ruleSetId, null)) ?? absent('rule set', ruleSetId);
    const today = dateAt(this.clock.now(), this.utcOffsetMs);
    const chosen = await regimes.ruleSetFor(buildingId, today);
    if (chosen === null) throw new AppError(E.noRules, { id: buildingId });
    return chosen;
  }

  private async requireQualified(agencyId: string, ruleSet: RegimeRuleSet, caller: Principal): Promise<void> {
    const agency = (await this.records.regimes.agency(agencyId, caller.within)) ?? absent('agency', agencyId);
    if (!isQualified(ruleSet.agency, agency.qualifications))
      throw new AppError(E.unqualified, { agency: agencyId, ruleSet: ruleSet.id });
  }

  /** Wherever they belong: an agency's people are rarely below whoever plans. */
  private async requireInspectors(usernames: readonly string[]): Promise<void> {
    for (const username of usernames) {
      const user = await this.records.users.get(username, null);
      if (user === null || user.disabled || !roleAllows(user.role, 'checkups.fill'))
        throw new AppError(E.notSendable, { username });
    }
  }

  private async known(form: FormRef): Promise<FormRef> {
    if ((await this.records.regimes.form(form.id, form.version)) === null)
      throw new AppError(E.unknownForm, { ...form });
    return form;
  }

  private async formOf(id: string, properties: Readonly<Record<string, unknown>>): Promise<FormRef> {
    const row = await this.records.checkupDues.file(id);
    const family = familyOfFile(row ?? properties);
    if (family === null) throw new AppError(E.noForm, { id });
    const newest = await this.records.regimes.form(CHECKUP_FORMS[family].id, null);
    const { id: formId, version } = newest ?? CHECKUP_FORMS[family];
    return { id: formId, version };
  }
}
