import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Clock } from '@anmai/kernel';
import { Caller, Needs, type Principal } from '@anmai/nest';
import type { Records } from '@anmai/postgres';
import {
  checkupDemandReply,
  checkupDemandSchema,
  checkupDemandsReply,
  demandQuery,
  dutyCallSchema,
  dutyRoundReply,
  dutyRoundsReply,
  idSchema,
  standDownSchema,
  type CheckupDemandShape,
  type DutyRoundShape,
} from '@anmai/wire';
import type { z } from 'zod';
import { absent } from '../absent';
import { authorOf } from '../author';
import { Does } from '../does';
import { newId } from '../new-id';
import { CLOCK, RECORDS } from '../ports';
import { WatchDesk } from './watch-desk';
import { demandShape, dutyShape } from './watch-shape';

/** What an alarm of a watched building brings: calls to make, and check-ups to do. */
@ApiTags('watch')
@Controller('api/v1')
export class DutyController {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    @Inject(WatchDesk) private readonly desk: WatchDesk,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('duty-rounds')
  @Needs('hazards.read')
  @Does('Duty lists that nobody has stood down, newest first', { reply: dutyRoundsReply })
  async open(@Caller() caller: Principal): Promise<{ items: DutyRoundShape[] }> {
    const rows = await this.records.watches.openRounds(caller.within);
    return { items: rows.map(row => dutyShape(row, this.clock.now(), caller)) };
  }

  @Get('duty-rounds/:id')
  @Needs('hazards.read')
  @Does('One duty list with its calls', { reply: dutyRoundReply, errors: [404] })
  async get(
    @Param('id', { schema: idSchema }) id: string,
    @Caller() caller: Principal,
  ): Promise<DutyRoundShape> {
    const row = (await this.records.watches.round(id, caller.within)) ?? absent('duty round', id);
    return dutyShape(row, this.clock.now(), caller);
  }

  @Post('duty-rounds/:id/calls')
  @HttpCode(200)
  @Needs('hazards.act')
  @Does('Note a call: no answer, told, or all they answer for are out', {
    reply: dutyRoundReply,
    errors: [400, 404, 409],
  })
  async call(
    @Param('id', { schema: idSchema }) roundId: string,
    @Body({ schema: dutyCallSchema }) body: z.infer<typeof dutyCallSchema>,
    @Caller() caller: Principal,
  ): Promise<DutyRoundShape> {
    const now = this.clock.now();
    const call = { ...body, id: body.id ?? newId('call'), at: now, by: caller.username };
    return dutyShape(await this.desk.call(roundId, call, caller), now, caller);
  }

  @Post('duty-rounds/:id/stand-down')
  @HttpCode(200)
  @Needs('hazards.act')
  @Does('End a duty list; while not everyone is out it needs its ground', {
    reply: dutyRoundReply,
    errors: [400, 404, 409],
  })
  async standDown(
    @Param('id', { schema: idSchema }) roundId: string,
    @Body({ schema: standDownSchema }) { note }: z.infer<typeof standDownSchema>,
    @Caller() caller: Principal,
  ): Promise<DutyRoundShape> {
    return dutyShape(await this.desk.standDown(roundId, note, caller), this.clock.now(), caller);
  }

  @Get('checkup-demands')
  @Needs('checkups.read')
  @Does('Special check-ups (动态体检) that an alarm or something else demands, newest first', {
    reply: checkupDemandsReply,
    errors: [400],
  })
  async demands(
    @Query({ schema: demandQuery }) { buildingId, open }: z.infer<typeof demandQuery>,
    @Caller() caller: Principal,
  ): Promise<{ items: CheckupDemandShape[] }> {
    const filter = buildingId === undefined ? { open } : { open, buildingId };
    const rows = await this.records.watches.demands(filter, caller.within);
    return { items: rows.map(demandShape) };
  }

  @Post('checkup-demands')
  @Needs('hazards.report')
  @Does('Demand a special check-up for another reason than an alarm; the one that waits is given back', {
    reply: checkupDemandReply,
    status: 201,
    errors: [400, 404],
  })
  async demand(
    @Body({ schema: checkupDemandSchema }) body: z.infer<typeof checkupDemandSchema>,
    @Caller() caller: Principal,
  ): Promise<CheckupDemandShape> {
    const { id = newId('dem'), ...rest } = body;
    const made = { ...rest, id, severity: null, demandedAt: this.clock.now(), demandedBy: caller.username };
    return demandShape(await this.records.watches.demand(made, authorOf(caller)));
  }
}
