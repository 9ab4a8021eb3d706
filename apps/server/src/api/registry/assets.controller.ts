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
import type { Asset } from '@anmai/catalog';
import { Caller, IfMatch, Needs, type Principal } from '@anmai/nest';
import type { Records } from '@anmai/postgres';
import {
  assetQuery,
  assetReply,
  assetSchema,
  idSchema,
  pageOf,
  type AssetShape,
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

type AssetBody = z.infer<typeof assetSchema>;

@ApiTags('registry')
@Controller('api/v1/assets')
export class AssetsController {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    @Inject(RegistryShapes) private readonly shapes: RegistryShapes,
    @Inject(RegistryWrites) private readonly writes: RegistryWrites,
  ) {}

  @Get()
  @Needs('registry.read')
  @Does('List assets', { reply: pageOf(assetReply), errors: [400] })
  async list(
    @Query({ schema: assetQuery }) query: z.infer<typeof assetQuery>,
    @Caller() caller: Principal,
  ): Promise<Page<AssetShape>> {
    const page = await this.records.assets.list(paged('assets', query), caller.within);
    return pageReply('assets', page, this.shapes.asset);
  }

  @Get(':id')
  @Needs('registry.read')
  @Does('One asset, with how it is now', { reply: assetReply, errors: [404] })
  async get(@Param('id', { schema: idSchema }) id: string, @Caller() caller: Principal): Promise<AssetShape> {
    return this.shapes.asset((await this.records.assets.get(id, caller.within)) ?? absent('asset', id));
  }

  @Post()
  @Needs('registry.write')
  @Does('Create one asset', { reply: assetReply, status: 201, errors: [400, 409, 422] })
  async create(
    @Body({ schema: assetSchema }) body: AssetBody,
    @Caller() caller: Principal,
  ): Promise<AssetShape> {
    const asset = complete(body.id ?? newId('asset'), body);
    return this.shapes.asset(
      await this.writes.published(this.records.assets.create(asset, authorOf(caller))),
    );
  }

  @Put(':id')
  @Needs('registry.write')
  @Does('Replace one asset', { reply: assetReply, errors: [400, 404, 409, 412, 422] })
  async replace(
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: assetSchema }) body: AssetBody,
    @IfMatch() version: number | null,
    @Caller() caller: Principal,
  ): Promise<AssetShape> {
    const asset = complete(checkedId(id, body.id), body);
    const written = this.records.assets.update(asset, version, authorOf(caller));
    return this.shapes.asset(await this.writes.published(written));
  }

  @Patch(':id')
  @Needs('registry.write')
  @Does('Change some fields of one asset', { reply: assetReply, errors: [400, 404, 409, 412, 422] })
  async change(
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: patchSchema }) patch: z.infer<typeof patchSchema>,
    @IfMatch() version: number | null,
    @Caller() caller: Principal,
  ): Promise<AssetShape> {
    const present = (await this.records.assets.get(id, caller.within)) ?? absent('asset', id);
    const { version: read, ...fields } = present;
    const body = patched(assetSchema, fields, patch);
    const written = this.records.assets.update(
      complete(checkedId(id, body.id), body),
      version ?? read,
      authorOf(caller),
    );
    return this.shapes.asset(await this.writes.published(written));
  }

  @Delete(':id')
  @HttpCode(204)
  @Needs('registry.write')
  @Does('Remove one asset', { errors: [404, 409, 412] })
  remove(
    @Param('id', { schema: idSchema }) id: string,
    @IfMatch() version: number | null,
    @Caller() caller: Principal,
  ): Promise<void> {
    return this.writes.published(this.records.assets.remove(id, version, authorOf(caller)));
  }
}

const complete = (id: string, body: AssetBody): Asset => ({ ...body, id });
