import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Caller, Needs, type Principal } from '@anmai/nest';
import type { Records } from '@anmai/postgres';
import {
  adoptReply,
  adoptSchema,
  idSchema,
  pageOf,
  quarantineQuery,
  quarantineReply,
  type AdoptReply,
  type Page,
  type QuarantineShape,
} from '@anmai/wire';
import type { z } from 'zod';
import { absent } from '../absent';
import { pageReply, paged } from '../cursor';
import { Does } from '../does';
import { RECORDS } from '../ports';
import { Adoption } from './adoption';
import { quarantineShape } from './quarantine-shape';

@ApiTags('quarantine')
@Controller('api/v1/quarantine')
export class QuarantineController {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    @Inject(Adoption) private readonly adoption: Adoption,
  ) {}

  @Get()
  @Needs('quarantine.read')
  @Does('What was not taken, newest first', { reply: pageOf(quarantineReply), errors: [400] })
  async list(
    @Query({ schema: quarantineQuery }) query: z.infer<typeof quarantineQuery>,
    @Caller() caller: Principal,
  ): Promise<Page<QuarantineShape>> {
    const page = await this.records.quarantine.list(paged('quarantine', query), caller.within);
    return pageReply('quarantine', page, quarantineShape);
  }

  @Get(':id')
  @Needs('quarantine.read')
  @Does('One quarantine record', { reply: quarantineReply, errors: [404] })
  async get(
    @Param('id', { schema: idSchema }) id: string,
    @Caller() caller: Principal,
  ): Promise<QuarantineShape> {
    const row = await this.records.quarantine.get(id, caller.within);
    return quarantineShape(row ?? absent('quarantine record', id));
  }

  @Post(':id/adopt')
  @HttpCode(200)
  @Needs('quarantine.adopt')
  @Does('Make the unknown device and its sensors known', {
    reply: adoptReply,
    errors: [400, 404, 409, 422],
  })
  adopt(
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: adoptSchema }) body: z.infer<typeof adoptSchema>,
    @Caller() caller: Principal,
  ): Promise<AdoptReply> {
    return this.adoption.adopt(id, body, caller);
  }
}
