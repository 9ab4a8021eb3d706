import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Caller, IfMatch, Needs, type Principal } from '@anmai/nest';
import type { Records } from '@anmai/postgres';
import {
  asInhibition,
  idSchema,
  inhibitionReply,
  inhibitionSchema,
  pageOf,
  pageQuery,
  type InhibitionBody,
  type InhibitionShape,
  type Page,
} from '@anmai/wire';
import type { z } from 'zod';
import { absent } from '../absent';
import { authorOf } from '../author';
import { checkedId } from '../checked-id';
import { pageReply, paged } from '../cursor';
import { Does } from '../does';
import { newId } from '../new-id';
import { RECORDS } from '../ports';
import { requirePlatform } from './platform-only';

/** Which causes hide which consequences. Read by everybody, since they explain why an alarm does not call. */
@ApiTags('alarms')
@Controller('api/v1/inhibitions')
export class InhibitionsController {
  constructor(@Inject(RECORDS) private readonly records: Records) {}

  @Get()
  @Needs('alarms.read')
  @Does('List the rules by which causes hide consequences', {
    reply: pageOf(inhibitionReply),
    errors: [400],
  })
  async list(@Query({ schema: pageQuery }) query: z.infer<typeof pageQuery>): Promise<Page<InhibitionShape>> {
    const page = await this.records.inhibitions.list(paged('inhibitions', query), null);
    return pageReply('inhibitions', page, rule => rule);
  }

  @Get(':id')
  @Needs('alarms.read')
  @Does('One of these rules', { reply: inhibitionReply, errors: [404] })
  async get(@Param('id', { schema: idSchema }) id: string): Promise<InhibitionShape> {
    return (await this.records.inhibitions.get(id, null)) ?? absent('inhibition', id);
  }

  @Post()
  @Needs('alarms.plan')
  @Does('Let a cause hide its consequences, from now on', {
    reply: inhibitionReply,
    status: 201,
    errors: [400, 409],
  })
  create(
    @Body({ schema: inhibitionSchema }) body: InhibitionBody,
    @Caller() caller: Principal,
  ): Promise<InhibitionShape> {
    requirePlatform(caller);
    const rule = asInhibition(body, body.id ?? newId('inhibition'));
    return this.records.inhibitions.create(rule, authorOf(caller));
  }

  @Put(':id')
  @Needs('alarms.plan')
  @Does('Change such a rule, from now on', { reply: inhibitionReply, errors: [400, 404, 412] })
  replace(
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: inhibitionSchema }) body: InhibitionBody,
    @IfMatch() version: number | null,
    @Caller() caller: Principal,
  ): Promise<InhibitionShape> {
    requirePlatform(caller);
    const rule = asInhibition(body, checkedId(id, body.id));
    return this.records.inhibitions.update(rule, version, authorOf(caller));
  }

  @Delete(':id')
  @HttpCode(204)
  @Needs('alarms.plan')
  @Does('Take such a rule out of force; what it hides is shown at once', { errors: [404, 412] })
  async remove(
    @Param('id', { schema: idSchema }) id: string,
    @IfMatch() version: number | null,
    @Caller() caller: Principal,
  ): Promise<void> {
    requirePlatform(caller);
    await this.records.inhibitions.remove(id, version, authorOf(caller));
  }
}
