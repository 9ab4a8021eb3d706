import { Body, Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Caller, Needs, type Principal } from '@anmai/nest';
import type { Records, RoundRow } from '@anmai/postgres';
import {
  newRoundReply,
  newRoundSchema,
  planReply,
  roundFilterSchema,
  roundsReply,
  type NewRoundShape,
  type PlanShape,
  type RoundShape,
  type RoundsShape,
} from '@anmai/wire';
import type { z } from 'zod';
import { Does } from '../does';
import { RECORDS } from '../ports';
import { RoundDesk } from './round-desk';

/** Rounds: the check-ups of a year, given to agencies month by month. */
@ApiTags('check-ups')
@Controller('api/v1/checkups/rounds')
export class RoundsController {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    @Inject(RoundDesk) private readonly desk: RoundDesk,
  ) {}

  @Get()
  @Needs('checkups.read')
  @Does('Rounds with how far they have come', { reply: roundsReply })
  async list(@Caller() caller: Principal): Promise<RoundsShape> {
    return { items: (await this.records.checkupRounds.list(caller.within)).map(roundShape) };
  }

  @Post('preview')
  @HttpCode(200)
  @Needs('checkups.plan')
  @Does('What a round would be: by agency and month, by street, and what finds no place', {
    reply: planReply,
    errors: [400, 422],
    text: 'Nothing is written. The same buildings, agencies and dates always give the same plan.',
  })
  preview(
    @Body({ schema: roundFilterSchema }) body: z.output<typeof roundFilterSchema>,
    @Caller() caller: Principal,
  ): Promise<PlanShape> {
    return this.desk.preview(body, caller);
  }

  @Post()
  @Needs('checkups.plan')
  @Does('Plan the round: one check-up for each building that found a place', {
    reply: newRoundReply,
    status: 201,
    errors: [400, 409, 422],
  })
  async create(
    @Body({ schema: newRoundSchema }) body: z.output<typeof newRoundSchema>,
    @Caller() caller: Principal,
  ): Promise<NewRoundShape> {
    const { round, plan } = await this.desk.create(body, caller);
    return { round: roundShape(round), plan };
  }
}

const roundShape = ({ id, orgId, year, name, states, version }: RoundRow): RoundShape => ({
  ...{ id, orgId, year, name, version },
  states: { ...states },
});
