import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  Patch,
  Post,
  Put,
  Query,
} from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Device } from '@anmai/catalog';
import { Caller, IfMatch, Needs, type Principal } from '@anmai/nest';
import type { Records } from '@anmai/postgres';
import {
  deviceQuery,
  deviceReply,
  deviceSchema,
  idSchema,
  pageOf,
  type DeviceShape,
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
import { patched, patchSchema } from './patched';
import { RegistryShapes } from './registry-shapes';
import { RegistryWrites } from './registry-writes';

type DeviceBody = z.infer<typeof deviceSchema>;

@ApiTags('registry')
@Controller('api/v1/devices')
export class DevicesController {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    @Inject(RegistryShapes) private readonly shapes: RegistryShapes,
    @Inject(RegistryWrites) private readonly writes: RegistryWrites,
  ) {}

  @Get()
  @Needs('registry.read')
  @Does('List devices', { reply: pageOf(deviceReply), errors: [400] })
  async list(
    @Query({ schema: deviceQuery }) query: z.infer<typeof deviceQuery>,
    @Caller() caller: Principal,
  ): Promise<Page<DeviceShape>> {
    const page = await this.records.devices.list(paged('devices', query), caller.within);
    return pageReply('devices', page, this.shapes.device);
  }

  @Get(':id')
  @Needs('registry.read')
  @Does('One device, with how it is now', { reply: deviceReply, errors: [404] })
  async get(
    @Param('id', { schema: idSchema }) id: string,
    @Caller() caller: Principal,
  ): Promise<DeviceShape> {
    return this.shapes.device((await this.records.devices.get(id, caller.within)) ?? absent('device', id));
  }

  @Post()
  @Needs('registry.write')
  @Does('Create one device', { reply: deviceReply, status: 201, errors: [400, 409, 422] })
  async create(
    @Body({ schema: deviceSchema }) body: DeviceBody,
    @Caller() caller: Principal,
  ): Promise<DeviceShape> {
    const device = complete(body.id ?? newId('device'), body);
    return this.shapes.device(
      await this.writes.published(this.records.devices.create(device, authorOf(caller))),
    );
  }

  @Put(':id')
  @Needs('registry.write')
  @Does('Replace one device', { reply: deviceReply, errors: [400, 404, 409, 412, 422] })
  async replace(
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: deviceSchema }) body: DeviceBody,
    @IfMatch() version: number | null,
    @Caller() caller: Principal,
  ): Promise<DeviceShape> {
    const device = complete(checkedId(id, body.id), body);
    const written = this.records.devices.update(device, version, authorOf(caller));
    return this.shapes.device(await this.writes.published(written));
  }

  @Patch(':id')
  @Needs('registry.write')
  @Does('Change some fields of one device', { reply: deviceReply, errors: [400, 404, 409, 412, 422] })
  async change(
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: patchSchema }) patch: z.infer<typeof patchSchema>,
    @IfMatch() version: number | null,
    @Caller() caller: Principal,
  ): Promise<DeviceShape> {
    const present = (await this.records.devices.get(id, caller.within)) ?? absent('device', id);
    const { version: read, ...fields } = present;
    const body = patched(deviceSchema, fields, patch);
    const written = this.records.devices.update(
      complete(checkedId(id, body.id), body),
      version ?? read,
      authorOf(caller),
    );
    return this.shapes.device(await this.writes.published(written));
  }

  @Delete(':id')
  @HttpCode(204)
  @Needs('registry.write')
  @Does('Remove one device', { errors: [404, 409, 412] })
  remove(
    @Param('id', { schema: idSchema }) id: string,
    @IfMatch() version: number | null,
    @Caller() caller: Principal,
  ): Promise<void> {
    return this.writes.published(this.records.devices.remove(id, version, authorOf(caller)));
  }
}

const complete = (id: string, body: DeviceBody): Device => ({ ...body, id, name: body.name ?? id });
