import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiProduces, ApiTags } from '@nestjs/swagger';
import { AppError } from '@anmai/kernel';
import { Caller, invalid, Needs, type Principal } from '@anmai/nest';
import { BUILDING_ERRORS, type Records } from '@anmai/postgres';
import {
  buildingImportQuery,
  buildingImportReply,
  buildingImportsReply,
  buildingTemplateQuery,
  idSchema,
  type BuildingImportShape,
} from '@anmai/wire';
import type { z } from 'zod';
import { absent } from '../absent';
import { XLSX_TYPE } from '../body-parsers';
import { Does } from '../does';
import { RECORDS } from '../ports';
import { BuildingImporter } from './building-importer';
import { importShape } from './import-shape';
import { csvTemplate, xlsxTemplate } from './template';

@ApiTags('buildings')
@Controller('api/v1/buildings')
export class BuildingImportsController {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    @Inject(BuildingImporter) private readonly importer: BuildingImporter,
  ) {}

  @Post('imports')
  @HttpCode(202)
  @Needs('buildings.write')
  @ApiConsumes('text/csv', XLSX_TYPE)
  @ApiBody({
    schema: { type: 'string', format: 'binary', description: 'CSV or XLSX; see /buildings/template' },
  })
  @Does('Import building files from a sheet, in the background', {
    reply: buildingImportReply,
    status: 202,
    errors: [400, 409, 413, 415],
    text: 'Ask for GET /buildings/imports/{id} until `state` is done, refused or failed.',
  })
  async start(
    @Query({ schema: buildingImportQuery }) query: z.infer<typeof buildingImportQuery>,
    @Body() bytes: unknown,
    @Caller() caller: Principal,
  ): Promise<BuildingImportShape> {
    if (!Buffer.isBuffer(bytes)) throw invalid([{ at: '(body)', message: `send text/csv or ${XLSX_TYPE}` }]);
    if (bytes.length === 0) throw new AppError(BUILDING_ERRORS.importUnreadable, { reason: 'it is empty' });
    const { mode, fileName, orgId = caller.orgId } = query;
    if ((await this.records.orgs.get(orgId, caller.within)) === null) absent('org', orgId);
    return importShape(await this.importer.start({ bytes, mode, orgId, fileName }, caller));
  }

  @Get('imports')
  @Needs('buildings.read')
  @Does('The newest imports, without their faults', { reply: buildingImportsReply })
  async list(@Caller() caller: Principal): Promise<{ items: readonly BuildingImportShape[] }> {
    return { items: (await this.records.buildingImports.list(caller.within)).map(importShape) };
  }

  @Get('imports/:id')
  @Needs('buildings.read')
  @Does('One import: how far it is, and what is wrong with which row', {
    reply: buildingImportReply,
    errors: [404],
  })
  async get(
    @Param('id', { schema: idSchema }) id: string,
    @Caller() caller: Principal,
  ): Promise<BuildingImportShape> {
    const job = await this.records.buildingImports.get(id, caller.within);
    return importShape(job ?? absent('import', id));
  }

  @Get('template')
  @Needs('buildings.read')
  @ApiProduces('text/csv', XLSX_TYPE)
  @Does('A sheet with the columns of an import and one example', { status: 200, errors: [400] })
  async template(
    @Query({ schema: buildingTemplateQuery }) { format, lang }: z.infer<typeof buildingTemplateQuery>,
  ): Promise<StreamableFile> {
    const isCsv = format === 'csv';
    const bytes = isCsv ? Buffer.from(csvTemplate(lang), 'utf8') : await xlsxTemplate(lang);
    return new StreamableFile(bytes, {
      type: isCsv ? 'text/csv; charset=utf-8' : XLSX_TYPE,
      disposition: `attachment; filename="buildings.${format}"`,
    });
  }
}
