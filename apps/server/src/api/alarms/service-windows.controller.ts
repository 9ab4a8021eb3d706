import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Caller, IfMatch, Needs, type Principal } from '@anmai/nest';
import type { Records, ServiceWindowRecord } from '@anmai/postgres';
import {
  idSchema,
  pageOf,
  pageQuery,
  serviceWindowReply,
  serviceWindowSchema,
  type Page,
  type ServiceWindowBody,
  type ServiceWindowShape,
} from '@anmai/wire';
import type { z } from 'zod';
import { absent } from '../absent';
import { authorOf } from '../author';
import { checkedId } from '../checked-id';
import { pageReply, paged } from '../cursor';
import { Does } from '../does';
import { iso } from '../iso';
import { newId } from '../new-id';
import { RECORDS, UTC_OFFSET } from '../ports';

/** Planned work: alarms of these sensors and assets are kept, marked, and do not call. */
@ApiTags('alarms')
@Controller('api/v1/service-windows')
export class ServiceWindowsController {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    @Inject(UTC_OFFSET) private readonly utcOffsetMs: number,
  ) {}

  @Get()
  @Needs('alarms.read')
  @Does('List planned out-of-service windows of the own organisation and those below', {
    reply: pageOf(serviceWindowReply),
    errors: [400],
  })
  async list(
    @Query({ schema: pageQuery }) query: z.infer<typeof pageQuery>,
    @Caller() caller: Principal,
  ): Promise<Page<ServiceWindowShape>> {
    const page = await this.records.serviceWindows.list(paged('windows', query), caller.within);
    return pageReply('windows', page, shapeOf);
  }

  @Get(':id')
  @Needs('alarms.read')
  @Does('One planned window', { reply: serviceWindowReply, errors: [404] })
  async get(
    @Param('id', { schema: idSchema }) id: string,
    @Caller() caller: Principal,
  ): Promise<ServiceWindowShape> {
    const found = await this.records.serviceWindows.get(id, caller.within);
    return shapeOf(found ?? absent('serviceWindow', id));
  }

  @Post()
  @Needs('alarms.plan')
  @Does('Plan a window, once or by RFC 5545; one that began counts from now on', {
    reply: serviceWindowReply,
    status: 201,
    errors: [400, 404, 409],
  })
  async create(
    @Body({ schema: serviceWindowSchema }) body: ServiceWindowBody,
    @Caller() caller: Principal,
  ): Promise<ServiceWindowShape> {
    await this.requireVisible(body, caller);
    const window = { ...body, id: body.id ?? newId('window'), utcOffsetMs: this.utcOffsetMs };
    return shapeOf(await this.records.serviceWindows.create(window, authorOf(caller)));
  }

  @Put(':id')
  @Needs('alarms.plan')
  @Does('Change a window, from now on', { reply: serviceWindowReply, errors: [400, 404, 412] })
  async replace(
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: serviceWindowSchema }) body: ServiceWindowBody,
    @IfMatch() version: number | null,
    @Caller() caller: Principal,
  ): Promise<ServiceWindowShape> {
    await this.requireVisible(body, caller);
    const window = { ...body, id: checkedId(id, body.id), utcOffsetMs: this.utcOffsetMs };
    return shapeOf(await this.records.serviceWindows.update(window, version, authorOf(caller)));
  }

  @Delete(':id')
  @HttpCode(204)
  @Needs('alarms.plan')
  @Does('End a window now and for good', { errors: [404, 412] })
  async remove(
    @Param('id', { schema: idSchema }) id: string,
    @IfMatch() version: number | null,
    @Caller() caller: Principal,
  ): Promise<void> {
    await this.records.serviceWindows.remove(id, version, authorOf(caller));
  }

  /** One company must not silence the sensors of another. */
  private async requireVisible(
    { assetIds, sensorIds }: ServiceWindowBody,
    { within }: Principal,
  ): Promise<void> {
    for (const id of assetIds) {
      if ((await this.records.assets.get(id, within)) === null) absent('asset', id);
    }
    for (const id of sensorIds) {
      if ((await this.records.sensors.get(id, within)) === null) absent('sensor', id);
    }
  }
}

const shapeOf = ({ utcOffsetMs: _, startAt, ...window }: ServiceWindowRecord): ServiceWindowShape => ({
  ...window,
  startAt: iso(startAt),
});
