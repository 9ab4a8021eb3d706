import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Caller, Needs, type Principal } from '@anmai/nest';
import type { DuplicatePair, Records } from '@anmai/postgres';
import {
  buildingMapQuery,
  buildingMapReply,
  buildingReply,
  duplicatePairReply,
  idSchema,
  keepApartSchema,
  mergeSchema,
  pageOf,
  pageQuery,
  type BuildingMapShape,
  type BuildingShape,
  type DuplicatePairShape,
  type Page,
} from '@anmai/wire';
import type { z } from 'zod';
import { authorOf } from '../author';
import { paged, pageReply } from '../cursor';
import { Does } from '../does';
import { iso } from '../iso';
import { RECORDS } from '../ports';
import { buildingShape } from './building-shape';
import { mapShape } from './map-shape';

/** What may be one building, and where they all are. */
@ApiTags('buildings')
@Controller('api/v1/buildings')
export class BuildingDuplicatesController {
  constructor(@Inject(RECORDS) private readonly records: Records) {}

  @Get('duplicates')
  @Needs('buildings.read')
  @Does('Pairs of files that may be of one building and wait for a person', {
    reply: pageOf(duplicatePairReply),
    errors: [400],
  })
  async list(
    @Query({ schema: pageQuery }) query: z.infer<typeof pageQuery>,
    @Caller() caller: Principal,
  ): Promise<Page<DuplicatePairShape>> {
    const page = await this.records.buildingDuplicates.list(paged('duplicates', query), caller.within);
    return pageReply('duplicates', page, pairShape);
  }

  @Post('duplicates/:id/keep-apart')
  @HttpCode(204)
  @Needs('buildings.write')
  @Does('They are two buildings', { errors: [400, 404, 409] })
  keepApart(
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: keepApartSchema }) body: z.infer<typeof keepApartSchema>,
    @Caller() caller: Principal,
  ): Promise<void> {
    return this.records.buildingDuplicates.keepApart(id, body.reason, authorOf(caller));
  }

  @Post(':id/merge')
  @HttpCode(200)
  @Needs('buildings.write')
  @Does('Another file goes on as this one', { reply: buildingReply, errors: [400, 404, 409] })
  async merge(
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: mergeSchema }) { otherId, reason }: z.infer<typeof mergeSchema>,
    @Caller() caller: Principal,
  ): Promise<BuildingShape> {
    const kept = await this.records.buildingDuplicates.merge(id, otherId, reason, authorOf(caller));
    return buildingShape(kept, caller);
  }

  @Get('map')
  @Needs('buildings.read')
  @Does('Buildings in a box as GeoJSON, counted by area when they are many', {
    reply: buildingMapReply,
    errors: [400],
  })
  async map(
    @Query({ schema: buildingMapQuery }) query: z.infer<typeof buildingMapQuery>,
    @Caller() caller: Principal,
  ): Promise<BuildingMapShape> {
    const { bbox, ...filter } = query;
    return mapShape(await this.records.buildings.map(bbox, filter, caller.within));
  }
}

const pairShape = ({ id, reasons, foundAt, building, other }: DuplicatePair): DuplicatePairShape => ({
  ...{ id, reasons, building, other },
  foundAt: iso(foundAt),
});
