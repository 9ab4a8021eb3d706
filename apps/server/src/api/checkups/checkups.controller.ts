import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Caller, Needs, type Principal } from '@anmai/nest';
import type { Records } from '@anmai/postgres';
import {
  assignCheckupSchema,
  checkupDetailReply,
  checkupQuery,
  checkupReasonSchema,
  checkupReply,
  idSchema,
  newCheckupSchema,
  pageOf,
  reviewCheckupSchema,
  supersedeCheckupSchema,
  type CheckupDetailShape,
  type CheckupShape,
  type Page,
} from '@anmai/wire';
import type { z } from 'zod';
import { absent } from '../absent';
import { pageReply, paged } from '../cursor';
import { Does } from '../does';
import { RECORDS } from '../ports';
import { CheckupDesk, viewerOf } from './checkup-desk';
import { CheckupPlanning } from './checkup-planning';
import { checkupShape, detailShape } from './checkup-shape';

const JUDGED = { reply: checkupReply, errors: [400, 403, 404, 409] };
type Reason = z.output<typeof checkupReasonSchema>;
type Note = z.output<typeof reviewCheckupSchema>;

/** Check-ups in the office: planned, given out, reviewed, accepted or sent back. */
@ApiTags('check-ups')
@Controller('api/v1/checkups')
export class CheckupsController {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    @Inject(CheckupDesk) private readonly desk: CheckupDesk,
    @Inject(CheckupPlanning) private readonly planning: CheckupPlanning,
  ) {}

  @Get()
  @Needs('checkups.read')
  @Does('List check-ups; an inspector sees the own ones', { reply: pageOf(checkupReply), errors: [400] })
  async list(
    @Query({ schema: checkupQuery }) query: z.output<typeof checkupQuery>,
    @Caller() caller: Principal,
  ): Promise<Page<CheckupShape>> {
    const page = await this.records.checkups.list(paged('checkups', query), viewerOf(caller));
    return pageReply('checkups', page, checkupShape);
  }

  @Get(':id')
  @Needs('checkups.read')
  @Does('One check-up with its records, its history and its draft', {
    reply: checkupDetailReply,
    errors: [404],
  })
  async get(
    @Param('id', { schema: idSchema }) id: string,
    @Caller() caller: Principal,
  ): Promise<CheckupDetailShape> {
    const file = (await this.records.checkups.file(id, viewerOf(caller))) ?? absent('check-up', id);
    return detailShape(file, await this.desk.awaited(file.records, caller));
  }

  @Post()
  @Needs('checkups.plan')
  @Does('Plan a check-up; a special one (动态体检) says what demands it and by when', {
    reply: checkupReply,
    status: 201,
    errors: [400, 409, 422],
  })
  async plan(
    @Body({ schema: newCheckupSchema }) body: z.output<typeof newCheckupSchema>,
    @Caller() caller: Principal,
  ): Promise<CheckupShape> {
    return checkupShape(await this.planning.plan(body, caller));
  }

  @Post(':id/assign')
  @HttpCode(200)
  @Needs('checkups.plan')
  @Does('Give it to an agency and its inspectors', { reply: checkupReply, errors: [400, 404, 409, 422] })
  async assign(
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: assignCheckupSchema }) body: z.output<typeof assignCheckupSchema>,
    @Caller() caller: Principal,
  ): Promise<CheckupShape> {
    return checkupShape(await this.planning.assign(id, body, caller));
  }

  @Post(':id/review')
  @HttpCode(200)
  @Needs('checkups.review')
  @Does('Reviewed by the agency: someone of it who was not on site', JUDGED)
  async review(
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: reviewCheckupSchema }) { note }: Note,
    @Caller() caller: Principal,
  ): Promise<CheckupShape> {
    return checkupShape(await this.desk.review(id, note, caller));
  }

  @Post(':id/accept')
  @HttpCode(200)
  @Needs('checkups.review')
  @Does('Accepted by the authority of the area', JUDGED)
  async accept(
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: reviewCheckupSchema }) { note }: Note,
    @Caller() caller: Principal,
  ): Promise<CheckupShape> {
    return checkupShape(await this.desk.accept(id, note, caller));
  }

  @Post(':id/return')
  @HttpCode(200)
  @Needs('checkups.review')
  @Does('Send back for correction, with a reason', JUDGED)
  async sendBack(
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: checkupReasonSchema }) { reason }: Reason,
    @Caller() caller: Principal,
  ): Promise<CheckupShape> {
    return checkupShape(await this.desk.sendBack(id, reason, caller));
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @Needs('checkups.plan')
  @Does('Cancel what was not submitted yet', JUDGED)
  async cancel(
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: checkupReasonSchema }) { reason }: Reason,
    @Caller() caller: Principal,
  ): Promise<CheckupShape> {
    return checkupShape(await this.desk.cancel(id, reason, caller));
  }

  @Post(':id/supersede')
  @HttpCode(200)
  @Needs('checkups.review')
  @Does('Have an accepted check-up done anew: gives the one that takes its place', JUDGED)
  async supersede(
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: supersedeCheckupSchema }) body: z.output<typeof supersedeCheckupSchema>,
    @Caller() caller: Principal,
  ): Promise<CheckupShape> {
    return checkupShape(await this.desk.supersede(id, body.id, body.reason, caller));
  }
}
