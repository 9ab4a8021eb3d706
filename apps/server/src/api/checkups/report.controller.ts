import { Controller, Get, Inject, Param, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Clock } from '@anmai/kernel';
import { Caller, Needs, type Principal } from '@anmai/nest';
import type { Records } from '@anmai/postgres';
import { pdfOf } from '@anmai/reports';
import { idSchema } from '@anmai/wire';
import type { FastifyReply } from 'fastify';
import type { Readable } from 'node:stream';
import { z } from 'zod';
import { absent } from '../absent';
import { Does } from '../does';
import { FileDesk } from '../files/file-desk';
import { CLOCK, RECORDS, UTC_OFFSET } from '../ports';
import { viewerOf } from './checkup-desk';
import { checkupReport } from './report-doc';
import { readDrawn, type FileSource } from './report-files';

const reportQuery = z.strictObject({
  language: z.enum(['zh', 'en']).default('zh'),
  revision: z.string().regex(/^[1-9]\d{0,5}$/).optional(),
}); // prettier-ignore

/** Check-ups on paper; as data they are GET /checkups/{id}. */
@ApiTags('check-ups')
@Controller('api/v1/reports/checkups')
export class CheckupReportController {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    @Inject(FileDesk) private readonly files: FileDesk,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(UTC_OFFSET) private readonly utcOffsetMs: number,
  ) {}

  @Get(':name')
  @Needs('checkups.read')
  @ApiProduces('application/pdf')
  @Does('The report of a check-up as PDF: `{id}.pdf`, the newest record or the revision that is asked for', {
    errors: [400, 404],
  })
  async pdf(
    @Param('name', { schema: idSchema }) name: string,
    @Query({ schema: reportQuery }) { language, revision }: z.output<typeof reportQuery>,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Caller() caller: Principal,
  ): Promise<StreamableFile> {
    const id = name.replace(/\.pdf$/, '');
    const file = (await this.records.checkups.file(id, viewerOf(caller))) ?? absent('check-up', id);
    const record = file.records.find(each => revision === undefined || each.revision === Number(revision));
    if (record === undefined) return absent('record of check-up', id);
    const form = await this.records.regimes.form(record.form.id, record.form.version);
    if (form === null) return absent('form', record.form.id);
    const issuer = await this.issuerOf(file.row.agencyId);
    const rest = { language, createdAt: this.clock.now(), utcOffsetMs: this.utcOffsetMs };
    const files = await readDrawn(form, record, this.sourceFor(caller));
    const doc = checkupReport({ file, record, form, issuer, files, ...rest });
    reply.headers({
      'content-type': 'application/pdf',
      'content-disposition': `inline; filename="${record.id}.pdf"`,
      'cache-control': 'private, no-store',
    });
    return new StreamableFile(await pdfOf(doc));
  }

  private async issuerOf(agencyId: string | null): Promise<string> {
    const agency = agencyId === null ? null : await this.records.regimes.agency(agencyId, null);
    return agency?.name ?? '';
  }

  /** Files that the caller may see. A hash in a record shows nothing that its sender did not have. */
  private sourceFor({ within }: Principal): FileSource {
    return {
      info: sha256 => this.records.files.get(sha256, within),
      read: sha256 =>
        this.files
          .content(sha256)
          .then(readAll)
          .catch(() => null),
    };
  }
}

async function readAll(stream: Readable): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
