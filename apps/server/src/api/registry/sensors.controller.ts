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
import type { Sensor } from '@anmai/catalog';
import { Caller, IfMatch, Needs, type Principal } from '@anmai/nest';
import type { Records } from '@anmai/postgres';
import {
  sensorQuery,
  sensorReply,
  sensorSchema,
  idSchema,
  pageOf,
  type SensorShape,
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

type SensorBody = z.infer<typeof sensorSchema>;

@ApiTags('registry')
@Controller('api/v1/sensors')
export class SensorsController {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    @Inject(RegistryShapes) private readonly shapes: RegistryShapes,
    @Inject(RegistryWrites) private readonly writes: RegistryWrites,
  ) {}

  @Get()
  @Needs('registry.read')
  @Does('List sensors', { reply: pageOf(sensorReply), errors: [400] })
  async list(
    @Query({ schema: sensorQuery }) query: z.infer<typeof sensorQuery>,
    @Caller() caller: Principal,
  ): Promise<Page<SensorShape>> {
    const page = await this.records.sensors.list(paged('sensors', query), caller.within);
    return pageReply('sensors', page, this.shapes.sensor);
  }

  @Get(':id')
  @Needs('registry.read')
  @Does('One sensor, with how it is now', { reply: sensorReply, errors: [404] })
  async get(
    @Param('id', { schema: idSchema }) id: string,
    @Caller() caller: Principal,
  ): Promise<SensorShape> {
    return this.shapes.sensor((await this.records.sensors.get(id, caller.within)) ?? absent('sensor', id));
  }

  @Post()
  @Needs('registry.write')
  @Does('Create one sensor', { reply: sensorReply, status: 201, errors: [400, 409, 422] })
  async create(
    @Body({ schema: sensorSchema }) body: SensorBody,
    @Caller() caller: Principal,
  ): Promise<SensorShape> {
    const sensor = complete(body.id ?? newId('sensor'), body);
    return this.shapes.sensor(
      await this.writes.published(this.records.sensors.create(sensor, authorOf(caller))),
    );
  }

  @Put(':id')
  @Needs('registry.write')
  @Does('Replace one sensor', { reply: sensorReply, errors: [400, 404, 409, 412, 422] })
  async replace(
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: sensorSchema }) body: SensorBody,
    @IfMatch() version: number | null,
    @Caller() caller: Principal,
  ): Promise<SensorShape> {
    const sensor = complete(checkedId(id, body.id), body);
    const written = this.records.sensors.update(sensor, version, authorOf(caller));
    return this.shapes.sensor(await this.writes.published(written));
  }

  @Patch(':id')
  @Needs('registry.write')
  @Does('Change some fields of one sensor', { reply: sensorReply, errors: [400, 404, 409, 412, 422] })
  async change(
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: patchSchema }) patch: z.infer<typeof patchSchema>,
    @IfMatch() version: number | null,
    @Caller() caller: Principal,
  ): Promise<SensorShape> {
    const present = (await this.records.sensors.get(id, caller.within)) ?? absent('sensor', id);
    const { version: read, ...fields } = present;
    const body = patched(sensorSchema, fields, patch);
    const written = this.records.sensors.update(
      complete(checkedId(id, body.id), body),
      version ?? read,
      authorOf(caller),
    );
    return this.shapes.sensor(await this.writes.published(written));
  }

  @Delete(':id')
  @HttpCode(204)
  @Needs('registry.write')
  @Does('Remove one sensor', { errors: [404, 409, 412] })
  remove(
    @Param('id', { schema: idSchema }) id: string,
    @IfMatch() version: number | null,
    @Caller() caller: Principal,
  ): Promise<void> {
    return this.writes.published(this.records.sensors.remove(id, version, authorOf(caller)));
  }
}

const complete = (id: string, body: SensorBody): Sensor => ({ ...body, id, name: body.name ?? id });
