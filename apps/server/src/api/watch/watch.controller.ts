import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Clock } from '@anmai/kernel';
import { Caller, IfMatch, Needs, type Principal } from '@anmai/nest';
import type { Records } from '@anmai/postgres';
import {
  dutyRoundsReply,
  idSchema,
  pageOf,
  unwatchedReply,
  watchEditSchema,
  watchPlanReply,
  watchPlanSchema,
  watchQuery,
  watchReportQuery,
  watchReportReply,
  type DutyRoundShape,
  type Page,
  type UnwatchedShape,
  type WatchEditBody,
  type WatchPlanShape,
  type WatchReportShape,
} from '@anmai/wire';
import type { z } from 'zod';
import { absent } from '../absent';
import { paged, pageReply } from '../cursor';
import { Does } from '../does';
import { newId } from '../new-id';
import { CLOCK, RECORDS } from '../ports';
import { WatchDesk } from './watch-desk';
import { WatchReports } from './watch-reports';
import { dutyShape, reportShape, watchShape } from './watch-shape';

/** Monitoring plans of C and D buildings. */
@ApiTags('watch')
@Controller('api/v1/watch-plans')
export class WatchController {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    @Inject(WatchDesk) private readonly desk: WatchDesk,
    @Inject(WatchReports) private readonly reports: WatchReports,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Needs('hazards.read')
  @Does('List monitoring plans, newest first', { reply: pageOf(watchPlanReply), errors: [400] })
  async list(
    @Query({ schema: watchQuery }) query: z.infer<typeof watchQuery>,
    @Caller() caller: Principal,
  ): Promise<Page<WatchPlanShape>> {
    const page = await this.records.watches.list(paged('watch-plans', query), caller.within);
    return pageReply('watch-plans', page, row => watchShape(row, caller));
  }

  @Get('unwatched')
  @Needs('hazards.read')
  @Does('C and D buildings that no monitoring plan watches', { reply: unwatchedReply })
  async unwatched(@Caller() caller: Principal): Promise<UnwatchedShape> {
    return { items: [...(await this.records.watches.unwatched(caller.within))] };
  }

  @Get(':id')
  @Needs('hazards.read')
  @Does('One monitoring plan', { reply: watchPlanReply, errors: [404] })
  async get(
    @Param('id', { schema: idSchema }) id: string,
    @Caller() caller: Principal,
  ): Promise<WatchPlanShape> {
    const row = (await this.records.watches.get(id, caller.within)) ?? absent('watch plan', id);
    return watchShape(row, caller);
  }

  @Post()
  @Needs('watch.write')
  @Does('Put a C or D building under watch; items and limits follow from its grade, defects and sensors', {
    reply: watchPlanReply,
    status: 201,
    errors: [400, 404, 409],
  })
  async start(
    @Body({ schema: watchPlanSchema }) body: z.infer<typeof watchPlanSchema>,
    @Caller() caller: Principal,
  ): Promise<WatchPlanShape> {
    const { id = newId('wat'), buildingId, duty } = body;
    return watchShape(await this.desk.start(id, buildingId, duty, caller), caller);
  }

  @Put(':id')
  @Needs('watch.write')
  @Does('Change items, limits, duty list and measures; the alarm rules follow at once', {
    reply: watchPlanReply,
    errors: [400, 404, 409, 412, 422],
  })
  async edit(
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: watchEditSchema }) body: WatchEditBody,
    @IfMatch() version: number | null,
    @Caller() caller: Principal,
  ): Promise<WatchPlanShape> {
    return watchShape(await this.desk.edit(id, version, body, caller), caller);
  }

  @Post(':id/end')
  @HttpCode(200)
  @Needs('watch.write')
  @Does('End the watch (解危): refused unless a report filed since says A or B', {
    reply: watchPlanReply,
    errors: [404, 409],
  })
  async end(
    @Param('id', { schema: idSchema }) id: string,
    @Caller() caller: Principal,
  ): Promise<WatchPlanShape> {
    return watchShape(await this.desk.end(id, caller), caller);
  }

  @Get(':id/rounds')
  @Needs('hazards.read')
  @Does('Duty lists that red alarms started, newest first', { reply: dutyRoundsReply, errors: [404] })
  async rounds(
    @Param('id', { schema: idSchema }) id: string,
    @Caller() caller: Principal,
  ): Promise<{ items: DutyRoundShape[] }> {
    if ((await this.records.watches.get(id, caller.within)) === null) absent('watch plan', id);
    const rows = await this.records.watches.rounds(id, caller.within);
    return { items: rows.map(row => dutyShape(row, this.clock.now(), caller)) };
  }

  @Get(':id/report')
  @Needs('hazards.read')
  @Does('What a week or a month has shown: extremes, alarms, verdict. No grade, and changes none', {
    reply: watchReportReply,
    errors: [400, 404, 503],
  })
  async report(
    @Param('id', { schema: idSchema }) id: string,
    @Query({ schema: watchReportQuery }) query: z.infer<typeof watchReportQuery>,
    @Caller() caller: Principal,
  ): Promise<WatchReportShape> {
    const plan = (await this.records.watches.get(id, caller.within)) ?? absent('watch plan', id);
    const { report } = await this.reports.of(plan, query, caller);
    return reportShape(id, report);
  }
}
