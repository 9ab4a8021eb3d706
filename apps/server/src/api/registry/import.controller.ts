import { Body, Controller, HttpCode, Inject, Post, Query } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import { Caller, invalid, Needs, type Principal } from '@anmai/nest';
import { IMPORT_LISTS, IMPORT_ROWS_HTTP_MAX, importReply, importSchema, type ImportReply } from '@anmai/wire';
import { z } from 'zod';
import { Does } from '../does';
import { csvRows, type ImportRow } from './import-csv';
import { RegistryImporter } from './import';

const importQuery = z.strictObject({
  list: z
    .enum(IMPORT_LISTS)
    .optional()
    .meta({ description: 'What every line of a CSV without `record` is.' }),
});

@ApiTags('registry')
@Controller('api/v1/registry')
export class ImportController {
  constructor(@Inject(RegistryImporter) private readonly importer: RegistryImporter) {}

  @Post('import')
  @HttpCode(200)
  @Needs('registry.write')
  @ApiConsumes('application/json', 'text/csv')
  @ApiBody({
    schema: {
      type: 'object',
      description: '{orgs?, assets?, devices?, sensors?}: rows as for POST, with ids',
    },
  })
  @Does('Create or replace many things, all or nothing', { reply: importReply, errors: [400, 413, 415, 422] })
  take(
    @Query({ schema: importQuery }) query: z.infer<typeof importQuery>,
    @Body() body: unknown,
    @Caller() caller: Principal,
  ): Promise<ImportReply> {
    const rows = Buffer.isBuffer(body) ? csvRows(body, query.list ?? null) : jsonRows(body);
    if (rows.length > IMPORT_ROWS_HTTP_MAX) {
      throw invalid([{ at: '(body)', message: `${rows.length} rows, at most ${IMPORT_ROWS_HTTP_MAX}` }]);
    }
    if (rows.length === 0) throw invalid([{ at: '(body)', message: 'there is nothing to import' }]);
    return this.importer.take(rows, caller);
  }
}

function jsonRows(body: unknown): ImportRow[] {
  const parsed = importSchema.safeParse(body);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(i => ({
      at: i.path.map(String).join('.') || '(body)',
      message: i.message,
    }));
    throw invalid(faults);
  }
  return IMPORT_LISTS.flatMap(list =>
    parsed.data[list].map((value, index) => ({ list, at: `${list}.${index}`, value })),
  );
}
