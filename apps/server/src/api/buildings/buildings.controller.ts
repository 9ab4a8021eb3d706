import { Body, Controller, Get, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Caller, IfMatch, Needs, type Principal } from '@anmai/nest';
import type { Records } from '@anmai/postgres';
import {
  buildingQuery,
  buildingReply,
  buildingSchema,
  buildingSummaryReply,
  idSchema,
  pageOf,
  timelineEntryReply,
  timelineQuery,
  type BuildingShape,
  type BuildingSummaryShape,
  type Page,
  type TimelineEntryShape,
} from '@anmai/wire';
import type { z } from 'zod';
import { absent } from '../absent';
import { authorOf } from '../author';
import { checkedId } from '../checked-id';
import { paged, pageReply } from '../cursor';
import { Does } from '../does';
import { newId } from '../new-id';
import { RECORDS } from '../ports';
import { RegistryWrites } from '../registry/registry-writes';
import { buildingShape, fileOfBody, timelineShape } from './building-shape';

type BuildingBody = z.infer<typeof buildingSchema>;

/** Building files (一楼一档). */
@ApiTags('buildings')
@Controller('api/v1/buildings')
export class BuildingsController {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    @Inject(RegistryWrites) private readonly writes: RegistryWrites,
  ) {}

  @Get()
  @Needs('buildings.read')
  @Does('List building files, found by any part of name, address or code', {
    reply: pageOf(buildingSummaryReply),
    errors: [400],
  })
  async list(
    @Query({ schema: buildingQuery }) query: z.infer<typeof buildingQuery>,
    @Caller() caller: Principal,
  ): Promise<Page<BuildingSummaryShape>> {
    const page = await this.records.buildings.list(paged('buildings', query), caller.within);
    return pageReply('buildings', page, summary => summary);
  }

  @Get(':id')
  @Needs('buildings.read')
  @Does('One building file', { reply: buildingReply, errors: [404] })
  async get(
    @Param('id', { schema: idSchema }) id: string,
    @Caller() caller: Principal,
  ): Promise<BuildingShape> {
    const found = await this.records.buildings.get(id, caller.within);
    return buildingShape(found ?? absent('building', id), caller);
  }

  @Post()
  @Needs('buildings.write')
  @Does('Open a building file, with its asset unless there is one', {
    reply: buildingReply,
    status: 201,
    errors: [400, 409, 422],
  })
  async create(
    @Body({ schema: buildingSchema }) body: BuildingBody,
    @Caller() caller: Principal,
  ): Promise<BuildingShape> {
    const file = fileOfBody(body.id ?? newId('bld'), body);
    const made = this.records.buildings.create(file, authorOf(caller));
    return buildingShape(await this.writes.published(made), caller);
  }

  @Put(':id')
  @Needs('buildings.write')
  @Does('Replace one building file', { reply: buildingReply, errors: [400, 404, 409, 412, 422] })
  async replace(
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: buildingSchema }) body: BuildingBody,
    @IfMatch() version: number | null,
    @Caller() caller: Principal,
  ): Promise<BuildingShape> {
    const file = fileOfBody(checkedId(id, body.id), body);
    const written = this.records.buildings.update(file, version, authorOf(caller));
    return buildingShape(await this.writes.published(written), caller);
  }

  @Get(':id/timeline')
  @Needs('buildings.read')
  @Does('All that happened to a building, newest first', {
    reply: pageOf(timelineEntryReply),
    errors: [400, 404],
  })
  async timeline(
    @Param('id', { schema: idSchema }) id: string,
    @Query({ schema: timelineQuery }) query: z.infer<typeof timelineQuery>,
    @Caller() caller: Principal,
  ): Promise<Page<TimelineEntryShape>> {
    const { kind, ...page } = paged('timeline', query);
    const found = await this.records.buildings.timeline(id, { ...page, kinds: kind }, caller.within);
    return pageReply('timeline', found, timelineShape);
  }
}
