import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Caller, Needs, type Principal } from '@anmai/nest';
import type { Records } from '@anmai/postgres';
import {
  acknowledgeSchema,
  alarmQuery,
  alarmReply,
  commentSchema,
  idSchema,
  pageOf,
  type AlarmShape,
  type Page,
} from '@anmai/wire';
import type { z } from 'zod';
import { absent } from '../absent';
import { pageReply, paged } from '../cursor';
import { Does } from '../does';
import { RECORDS } from '../ports';
import { AlarmActs } from './alarm-acts';
import { alarmShape } from './alarm-shape';

@ApiTags('alarms')
@Controller('api/v1/alarms')
export class AlarmsController {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    @Inject(AlarmActs) private readonly acts: AlarmActs,
  ) {}

  @Get()
  @Needs('alarms.read')
  @Does('List alarms, newest raised first; `open` means not closed', {
    reply: pageOf(alarmReply),
    errors: [400],
    text:
      'An alarm is closed once it has cleared and was acknowledged, or as the alarm settings say. Open ones that are ' +
      'put aside: `shelved`, `suppressed`, `outOfService`. `history` is empty in a list.',
  })
  async list(
    @Query({ schema: alarmQuery }) { asset, sensor, rule, incident, ...query }: z.infer<typeof alarmQuery>,
    @Caller() caller: Principal,
  ): Promise<Page<AlarmShape>> {
    const asked = { ...query, assetId: asset, sensorId: sensor, ruleId: rule, incidentId: incident };
    const page = await this.records.alarms.list(paged('alarms', asked), caller.within);
    return pageReply('alarms', page, alarmShape);
  }

  @Get(':id')
  @Needs('alarms.read')
  @Does('One alarm with its evidence and history', { reply: alarmReply, errors: [404] })
  async get(@Param('id', { schema: idSchema }) id: string, @Caller() caller: Principal): Promise<AlarmShape> {
    return alarmShape((await this.records.alarms.get(id, caller.within)) ?? absent('alarm', id));
  }

  @Post(':id/acknowledge')
  @HttpCode(200)
  @Needs('alarms.act')
  @Does('Acknowledge an alarm; again it changes nothing', { reply: alarmReply, errors: [400, 404, 409, 422] })
  acknowledge(
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: acknowledgeSchema }) body: z.infer<typeof acknowledgeSchema>,
    @Caller() caller: Principal,
  ): Promise<AlarmShape> {
    return this.acts.take(id, { kind: 'acknowledged', note: body.note, seenN: body.seenN }, caller);
  }

  @Post(':id/comment')
  @HttpCode(200)
  @Needs('alarms.act')
  @Does('Add a comment to the history of an alarm', { reply: alarmReply, errors: [400, 404] })
  comment(
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: commentSchema }) body: z.infer<typeof commentSchema>,
    @Caller() caller: Principal,
  ): Promise<AlarmShape> {
    return this.acts.take(id, { kind: 'commented', note: body.note }, caller);
  }
}
