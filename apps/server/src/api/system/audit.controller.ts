import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Caller, Needs, type Principal } from '@anmai/nest';
import type { AuditRecord, Records } from '@anmai/postgres';
import { auditQuery, auditReply, auditVerdictReply, pageOf, type AuditShape, type Page } from '@anmai/wire';
import type { z } from 'zod';
import { requirePlatform } from '../alarms/platform-only';
import { pageReply, paged } from '../cursor';
import { Does } from '../does';
import { iso } from '../iso';
import { RECORDS } from '../ports';

/** Who did what. The trail is of the whole platform, so it is for administrators alone. */
@ApiTags('audit')
@Controller('api/v1/audit')
export class AuditController {
  constructor(@Inject(RECORDS) private readonly records: Records) {}

  @Get()
  @Needs('audit.read')
  @Does('The audit trail, newest first', { reply: pageOf(auditReply), errors: [400] })
  async list(
    @Query({ schema: auditQuery }) query: z.infer<typeof auditQuery>,
    @Caller() caller: Principal,
  ): Promise<Page<AuditShape>> {
    requirePlatform(caller);
    const { limit, cursor, subject, actor } = paged('audit', query);
    const page = await this.records.audit.list({
      limit,
      ...(cursor === undefined ? {} : { cursor }),
      ...(subject === undefined ? {} : { subject }),
      ...(actor === undefined ? {} : { actor }),
    });
    return pageReply('audit', page, shapeOf);
  }

  @Get('verify')
  @Needs('audit.read')
  @Does('Walk along the whole chain: was a line changed or taken out?', { reply: auditVerdictReply })
  async verify(@Caller() caller: Principal): Promise<z.infer<typeof auditVerdictReply>> {
    requirePlatform(caller);
    const verdict = await this.records.audit.verifyAudit();
    return verdict.intact
      ? { intact: true, rows: verdict.rows, brokenSeq: null, why: null }
      : { intact: false, rows: null, brokenSeq: verdict.brokenSeq, why: verdict.why };
  }
}

const shapeOf = ({ seq, at, actor, action, subject, detail, hash }: AuditRecord): AuditShape => ({
  seq,
  at: iso(at),
  actor,
  action,
  subject,
  detail,
  hash,
});
