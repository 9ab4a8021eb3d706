import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AppError, DAY_MS, MINUTE_MS, type Clock } from '@anmai/kernel';
import { hazardStatistics, mayTakeHazardStep } from '@anmai/lifecycle';
import { Caller, IfMatch, Needs, type Principal } from '@anmai/nest';
import type { Records } from '@anmai/postgres';
import {
  HAZARD_PERIOD_MS_MAX,
  hazardDetailReply,
  hazardPeriodQuery,
  hazardQuery,
  hazardReply,
  hazardSchema,
  hazardStatisticsReply,
  hazardStepSchema,
  hazardTermsReply,
  hazardTermsSchema,
  idSchema,
  pageOf,
  type HazardBody,
  type HazardDetailShape,
  type HazardShape,
  type HazardStatisticsShape,
  type HazardStepBody,
  type HazardTermsShape,
  type Page,
} from '@anmai/wire';
import type { z } from 'zod';
import { absent } from '../absent';
import { requirePlatform } from '../alarms/platform-only';
import { authorOf } from '../author';
import { paged, pageReply } from '../cursor';
import { Does } from '../does';
import { iso } from '../iso';
import { requireFiles } from '../files/require-files';
import { newId } from '../new-id';
import { CLOCK, RECORDS } from '../ports';
import { HAZARD_ERRORS as E } from './errors';
import { hazardDetail, hazardShape, hazardStepOf } from './hazard-shape';
import { granted } from './refused';

/** A device's clock may be ahead so far. */
const AHEAD_MS_MAX = 5 * MINUTE_MS;
const PERIOD_MS = 30 * DAY_MS;

/** Hazards (安全隐患) from discovery to closure. */
@ApiTags('hazards')
@Controller('api/v1/hazards')
export class HazardsController {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Needs('hazards.read')
  @Does('List hazards, newest first; `overdue`: the longest due first', {
    reply: pageOf(hazardReply),
    errors: [400],
  })
  async list(
    @Query({ schema: hazardQuery }) query: z.infer<typeof hazardQuery>,
    @Caller() caller: Principal,
  ): Promise<Page<HazardShape>> {
    const now = this.clock.now();
    const terms = await this.records.hazards.terms();
    const page = await this.records.hazards.list({ ...paged('hazards', query), now }, caller.within);
    return pageReply('hazards', page, row => hazardShape(row, terms, now));
  }

  @Get('statistics')
  @Needs('hazards.read')
  @Does(
    'The loop in numbers: found, controlled, closed, overdue, opened anew; the last 30 days when none are given',
    {
      reply: hazardStatisticsReply,
      errors: [400, 413, 422],
    },
  )
  async statistics(
    @Query({ schema: hazardPeriodQuery }) query: z.infer<typeof hazardPeriodQuery>,
    @Caller() caller: Principal,
  ): Promise<HazardStatisticsShape> {
    const now = this.clock.now();
    const to = query.to ?? now;
    const from = query.from ?? to - PERIOD_MS;
    if (to - from > HAZARD_PERIOD_MS_MAX)
      throw new AppError(E.periodTooLong, { days: HAZARD_PERIOD_MS_MAX / DAY_MS });
    const terms = await this.records.hazards.terms();
    const all = await this.records.hazards.counted(from, to, terms, caller.within);
    return { from: iso(from), to: iso(to), ...hazardStatistics(all, { from, to }, terms, now) };
  }

  @Get('terms')
  @Needs('hazards.read')
  @Does('How long each step may take at each level', { reply: hazardTermsReply })
  async terms(): Promise<HazardTermsShape> {
    return termsShape(await this.records.hazards.terms());
  }

  @Put('terms')
  @Needs('watch.write')
  @Does('Set the terms for everybody; open hazards follow at once', {
    reply: hazardTermsReply,
    errors: [400, 412],
  })
  async putTerms(
    @Body({ schema: hazardTermsSchema }) body: z.infer<typeof hazardTermsSchema>,
    @IfMatch() version: number | null,
    @Caller() caller: Principal,
  ): Promise<HazardTermsShape> {
    requirePlatform(caller);
    return termsShape(await this.records.hazards.putTerms(body, version, authorOf(caller)));
  }

  @Get(':id')
  @Needs('hazards.read')
  @Does('One hazard with its steps and what was overdue', { reply: hazardDetailReply, errors: [404] })
  async get(
    @Param('id', { schema: idSchema }) id: string,
    @Caller() caller: Principal,
  ): Promise<HazardDetailShape> {
    const file = (await this.records.hazards.file(id, caller.within)) ?? absent('hazard', id);
    return hazardDetail(file, await this.records.hazards.terms(), this.clock.now());
  }

  @Post()
  @Needs('hazards.report')
  @Does('Report a hazard', { reply: hazardReply, status: 201, errors: [400, 404, 409, 422] })
  async report(
    @Body({ schema: hazardSchema }) body: HazardBody,
    @Caller() caller: Principal,
  ): Promise<HazardShape> {
    const now = this.clock.now();
    const foundAt = body.foundAt ?? now;
    if (foundAt > now + AHEAD_MS_MAX) throw new AppError(E.inFuture);
    await requireFiles(this.records, body.fileIds, caller);
    const { id = newId('haz'), reporter } = body;
    const head = { ...body, id, foundAt, reporter: reporter === '' ? caller.username : reporter };
    const row = await this.records.hazards.report(head, authorOf(caller));
    return hazardShape(row, await this.records.hazards.terms(), now);
  }

  @Post(':id/transition')
  @HttpCode(200)
  @Needs('hazards.act')
  @Does('Take a hazard one step on', {
    reply: hazardReply,
    errors: [400, 404, 409, 422],
    text:
      'A step that may not follow is refused with 409 (HAZ-001); `refusal` says why and what to do instead. Nothing is closed ' +
      'without acceptance (验收) by someone who did not do the repair.',
  })
  async transition(
    @Param('id', { schema: idSchema }) hazardId: string,
    @Body({ schema: hazardStepSchema }) body: HazardStepBody,
    @Caller() caller: Principal,
  ): Promise<HazardShape> {
    const now = this.clock.now();
    const base = { id: body.id ?? newId('hst'), hazardId, actor: caller.username, at: now };
    if ('fileIds' in body) await requireFiles(this.records, body.fileIds, caller);
    const step = hazardStepOf(base, body);
    const answer = await this.records.hazards.take(
      step,
      ({ hazard, ...facts }) => mayTakeHazardStep(hazard, step, { now, ...facts }),
      caller.within,
    );
    return hazardShape(granted(E.stepRefused, answer), await this.records.hazards.terms(), now);
  }
}

type Terms = Awaited<ReturnType<Records['hazards']['terms']>>;
const termsShape = (terms: Terms): HazardTermsShape => ({
  ...terms,
  escalateAfterHours: [...terms.escalateAfterHours],
  controlRequired: [...terms.controlRequired],
});
