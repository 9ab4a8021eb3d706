import { Body, Controller, Get, Inject, Param, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { RegimeRuleSet } from '@anmai/lifecycle';
import { Caller, IfMatch, Needs, type Principal } from '@anmai/nest';
import type { AgencyRow, Records } from '@anmai/postgres';
import {
  agenciesReply,
  agencyReply,
  agencySchema,
  idSchema,
  regimeChoicesReply,
  regimeChoicesSchema,
  ruleSetSchema,
  ruleSetsReply,
  type AgenciesShape,
  type AgencyShape,
  type RegimeChoicesShape,
  type RuleSetsShape,
} from '@anmai/wire';
import type { z } from 'zod';
import { authorOf } from '../author';
import { checkedId } from '../checked-id';
import { Does } from '../does';
import { iso } from '../iso';
import { requirePlatform } from '../alarms/platform-only';
import { RECORDS } from '../ports';

/** The rules of cities as data, which of them hold where, and who may do check-ups. */
@ApiTags('check-ups')
@Controller('api/v1/checkups')
export class RegimeController {
  constructor(@Inject(RECORDS) private readonly records: Records) {}

  @Get('rule-sets')
  @Needs('checkups.read')
  @Does('Rule sets of cities, all versions, newest first', {
    reply: ruleSetsReply,
    text: 'What is marked provisional was drafted, recalled or is our default: no law says it.',
  })
  async ruleSets(): Promise<RuleSetsShape> {
    const items = await this.records.regimes.ruleSets();
    return { items: items.map(({ ruleSet, at, actor }) => ({ ruleSet, at: iso(at), actor })) };
  }

  @Post('rule-sets')
  @Needs('checkups.plan')
  @Does('Publish a rule set, or a new version of one', {
    reply: ruleSetSchema,
    status: 201,
    errors: [400, 409],
  })
  async addRuleSet(
    @Body({ schema: ruleSetSchema }) ruleSet: RegimeRuleSet,
    @Caller() caller: Principal,
  ): Promise<RegimeRuleSet> {
    requirePlatform(caller);
    return (await this.records.regimes.addRuleSet(ruleSet, authorOf(caller))).ruleSet;
  }

  @Get('regimes')
  @Needs('checkups.read')
  @Does('Which rule sets hold for which organisations, from when on', { reply: regimeChoicesReply })
  async choices(@Caller() caller: Principal): Promise<RegimeChoicesShape> {
    return { items: [...(await this.records.regimes.choices(caller.within))] };
  }

  @Put('regimes/:orgId')
  @Needs('checkups.plan')
  @Does('Choose the rule sets of an organisation and those below it', {
    reply: regimeChoicesReply,
    errors: [400, 422],
  })
  async choose(
    @Param('orgId', { schema: idSchema }) orgId: string,
    @Body({ schema: regimeChoicesSchema }) { items }: z.output<typeof regimeChoicesSchema>,
    @Caller() caller: Principal,
  ): Promise<RegimeChoicesShape> {
    const choices = items.map(item => ({ ...item, orgId }));
    return { items: [...(await this.records.regimes.setChoices(orgId, choices, authorOf(caller)))] };
  }

  @Get('agencies')
  @Needs('checkups.read')
  @Does('Agencies with their qualifications and capacity', { reply: agenciesReply })
  async agencies(@Caller() caller: Principal): Promise<AgenciesShape> {
    return { items: (await this.records.regimes.agencies(caller.within)).map(agencyShape) };
  }

  @Put('agencies/:id')
  @Needs('checkups.plan')
  @Does('Enter or change an agency', { reply: agencyReply, errors: [400, 412, 422] })
  async putAgency(
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: agencySchema }) body: z.output<typeof agencySchema>,
    @IfMatch() version: number | null,
    @Caller() caller: Principal,
  ): Promise<AgencyShape> {
    const agency = { ...body, id: checkedId(id, body.id) };
    return agencyShape(await this.records.regimes.putAgency(agency, version, authorOf(caller)));
  }
}

const agencyShape = (row: AgencyRow): AgencyShape => ({
  ...row,
  qualifications: [...row.qualifications],
  streets: [...row.streets],
  capacityByMonth: [...row.capacityByMonth],
});
