import { Body, Controller, Get, Inject, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DAY_MS, type Clock } from '@anmai/kernel';
import { DEFAULT_UNIT_PRICES, estimateNeed, faultsOfRules, reportMonthOf, yearStart } from '@anmai/lifecycle';
import { Caller, IfMatch, invalid, Needs, type Principal } from '@anmai/nest';
import type { Records } from '@anmai/postgres';
import {
  costQuery,
  costsReply,
  estimateReply,
  moneyRulesReply,
  moneyRulesSchema,
  moneySummaryReply,
  spanQuery,
  type CostsShape,
  type EstimateShape,
  type MoneyRulesShape,
  type MoneySummaryShape,
} from '@anmai/wire';
import type { z } from 'zod';
import { requirePlatform } from '../alarms/platform-only';
import { authorOf } from '../author';
import { Does } from '../does';
import { iso } from '../iso';
import { CLOCK, RECORDS, UTC_OFFSET } from '../ports';
import { summaryShape } from './money-shape';

/** Figures and rules of the money. */
@ApiTags('money')
@Controller('api/v1/money')
export class MoneyController {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(UTC_OFFSET) private readonly utcOffsetMs: number,
  ) {}

  @Get('summary')
  @Needs('money.read')
  @Does('What is in each pot, and what came in and went out; this year when no period is given', {
    reply: moneySummaryReply,
    errors: [400],
  })
  async summary(
    @Query({ schema: spanQuery }) query: z.infer<typeof spanQuery>,
    @Caller() caller: Principal,
  ): Promise<MoneySummaryShape> {
    const now = this.clock.now();
    const from = query.from ?? yearStart(reportMonthOf(now, this.utcOffsetMs), this.utcOffsetMs);
    const to = query.to ?? now + 1;
    return summaryShape(from, to, await this.records.money.totals(from, to, caller.within));
  }

  @Get('costs')
  @Needs('money.read')
  @Does('What was spent on buildings, by use, the most first', { reply: costsReply, errors: [400] })
  async costs(
    @Query({ schema: costQuery }) query: z.infer<typeof costQuery>,
    @Caller() caller: Principal,
  ): Promise<CostsShape> {
    return { items: [...(await this.records.money.costs(query, caller.within))] };
  }

  @Get('estimate')
  @Needs('money.read')
  @Does('Need of public money by the plan of check-ups, against what is free; the coming year by default', {
    reply: estimateReply,
    errors: [400],
    text: 'A building of unknown area is counted in `unknown`, never taken as free. Prices are provisional.',
  })
  async estimate(
    @Query({ schema: spanQuery }) query: z.infer<typeof spanQuery>,
    @Caller() caller: Principal,
  ): Promise<EstimateShape> {
    const from = query.from ?? this.clock.now();
    const to = query.to ?? from + 365 * DAY_MS;
    const plan = await this.records.city.plannedNeed(from, to, caller.within);
    const [pot] = await this.records.money.totals(from, from, caller.within);
    const free = (pot?.heldFen ?? 0) - (pot?.reservedFen ?? 0);
    const need = estimateNeed(plan ?? [], DEFAULT_UNIT_PRICES, { from, to }, free);
    return {
      ...need,
      uses: [...need.uses],
      from: iso(from),
      to: iso(to),
      hasPlan: plan !== null,
      prices: DEFAULT_UNIT_PRICES.map(({ use, perM2Fen, minimumFen, source }) => ({
        ...{ use, perM2Fen, minimumFen, isProvisional: source.kind === 'provisional' },
      })),
    };
  }

  @Get('rules')
  @Needs('money.read')
  @Does('Sources, permitted uses and approvals in force; version 1 is provisional', {
    reply: moneyRulesReply,
  })
  async rules(): Promise<MoneyRulesShape> {
    return (await this.records.money.rules()) as MoneyRulesShape;
  }

  @Put('rules')
  @Needs('money.approve')
  @Does('Set the rules of the money; each edit is a version', { reply: moneyRulesReply, errors: [400, 412] })
  async setRules(
    @Body({ schema: moneyRulesSchema }) body: z.infer<typeof moneyRulesSchema>,
    @IfMatch() version: number | null,
    @Caller() caller: Principal,
  ): Promise<MoneyRulesShape> {
    requirePlatform(caller);
    const faults = faultsOfRules(body);
    if (faults.length > 0) throw invalid(faults.map(message => ({ at: 'pots', message })));
    return (await this.records.money.setRules(body, version, authorOf(caller))) as MoneyRulesShape;
  }
}
