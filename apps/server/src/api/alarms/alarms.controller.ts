import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { OperatorAction } from '@anmai/alarms';
import type { Clock } from '@anmai/kernel';
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
import { newId } from '../new-id';
import { CLOCK, LIVE, RECORDS, type LiveFeed } from '../ports';
import { alarmShape } from './alarm-shape';

@ApiTags('alarms')
@Controller('api/v1/alarms')
export class AlarmsController {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    @Inject(LIVE) private readonly live: LiveFeed,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Needs('alarms.read')
  @Does('List alarms, newest raised first; `open` means not closed', {
    reply: pageOf(alarmReply),
    errors: [400],
    text: 'An alarm is closed once it has cleared and was acknowledged. `history` is empty in a list.',
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
  @Does('Acknowledge an alarm; again it changes nothing', { reply: alarmReply, errors: [400, 404, 422] })
  acknowledge(
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: acknowledgeSchema }) body: z.infer<typeof acknowledgeSchema>,
    @Caller() caller: Principal,
  ): Promise<AlarmShape> {
    return this.act(id, 'acknowledged', body.note ?? null, body.seenN, caller);
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
    return this.act(id, 'commented', body.note, undefined, caller);
  }

  private async act(
    alarmId: string,
    kind: OperatorAction['kind'],
    note: string | null,
    seenN: number | undefined,
    caller: Principal,
  ): Promise<AlarmShape> {
    const present = (await this.records.alarms.get(alarmId, caller.within)) ?? absent('alarm', alarmId);
    const action: OperatorAction = {
      id: newId('action'),
      alarmId,
      kind,
      actor: caller.username,
      at: this.clock.now(),
      note,
      seenN: seenN ?? present.lastN,
    };
    const alarm = await this.records.alarms.act(action, caller.within);
    const data = alarmShape(alarm);
    // The other operators see at once that someone is on it.
    if (alarm.history.length > present.history.length) {
      this.live.publish({ name: 'alarm', orgId: alarm.orgId, data });
    }
    return data;
  }
}
