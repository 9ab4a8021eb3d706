import { Body, Controller, Get, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Caller, IfMatch, Needs, type Principal } from '@anmai/nest';
import type { OrgRecord, Records } from '@anmai/postgres';
import { idSchema, orgQuery, orgReply, orgSchema, pageOf, type OrgShape, type Page } from '@anmai/wire';
import type { z } from 'zod';
import { absent } from '../absent';
import { authorOf } from '../author';
import { checkedId } from '../checked-id';
import { pageReply, paged } from '../cursor';
import { Does } from '../does';
import { newId } from '../new-id';
import { RECORDS } from '../ports';
import { RegistryWrites } from '../registry/registry-writes';

type OrgBody = z.infer<typeof orgSchema>;

@ApiTags('registry')
@Controller('api/v1/orgs')
export class OrgsController {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    @Inject(RegistryWrites) private readonly writes: RegistryWrites,
  ) {}

  @Get()
  @Needs('registry.read')
  @Does('List organisations', { reply: pageOf(orgReply), errors: [400] })
  async list(
    @Query({ schema: orgQuery }) query: z.infer<typeof orgQuery>,
    @Caller() caller: Principal,
  ): Promise<Page<OrgShape>> {
    const page = await this.records.orgs.list(paged('orgs', query), caller.within);
    return pageReply('orgs', page, orgShape);
  }

  @Get(':id')
  @Needs('registry.read')
  @Does('One organisation', { reply: orgReply, errors: [404] })
  async get(@Param('id', { schema: idSchema }) id: string, @Caller() caller: Principal): Promise<OrgShape> {
    return orgShape((await this.records.orgs.get(id, caller.within)) ?? absent('org', id));
  }

  @Post()
  @Needs('orgs.write')
  @Does('Create an organisation', { reply: orgReply, status: 201, errors: [400, 409, 422] })
  async create(@Body({ schema: orgSchema }) body: OrgBody, @Caller() caller: Principal): Promise<OrgShape> {
    const org = { ...body, id: body.id ?? newId('org') };
    return orgShape(await this.writes.published(this.records.orgs.create(org, authorOf(caller))));
  }

  @Put(':id')
  @Needs('orgs.write')
  @Does('Rename or move an organisation', { reply: orgReply, errors: [400, 404, 412, 422] })
  async replace(
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: orgSchema }) body: OrgBody,
    @IfMatch() version: number | null,
    @Caller() caller: Principal,
  ): Promise<OrgShape> {
    const org = { ...body, id: checkedId(id, body.id) };
    return orgShape(await this.writes.published(this.records.orgs.update(org, version, authorOf(caller))));
  }
}

const orgShape = (org: OrgRecord): OrgShape => ({
  id: org.id,
  name: org.name,
  parentId: org.parentId,
  path: [...org.path],
  version: org.version,
});
