import { Controller, Get, Inject, Param, Query, Res } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Clock } from '@anmai/kernel';
import { Caller, Needs, type Principal } from '@anmai/nest';
import type { Records } from '@anmai/postgres';
import { pdfOf } from '@anmai/reports';
import { idSchema, watchPdfQuery } from '@anmai/wire';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { absent } from '../absent';
import { Does } from '../does';
import { CLOCK, RECORDS, UTC_OFFSET } from '../ports';
import { reportDoc } from './report-doc';
import { WatchReports } from './watch-reports';

/** Open hazards that one report lists. */
const HAZARDS_MAX = 100;

@ApiTags('watch')
@Controller('api/v1/reports/watch')
export class WatchPdfController {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    @Inject(WatchReports) private readonly reports: WatchReports,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(UTC_OFFSET) private readonly utcOffsetMs: number,
  ) {}

  @Get(':buildingId.pdf')
  @Needs('hazards.read')
  @ApiProduces('application/pdf')
  @Does('Monitoring report of a C or D building as PDF: the month, or the week from that day on', {
    errors: [400, 404, 413, 503],
  })
  async pdf(
    @Param('buildingId', { schema: idSchema }) id: string,
    @Query({ schema: watchPdfQuery }) query: z.infer<typeof watchPdfQuery>,
    @Caller() caller: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer> {
    const building = (await this.records.appraisals.building(id, caller.within)) ?? absent('building', id);
    const plan = await this.reports.planOf(id, query, caller);
    const evidence = await this.reports.of(plan, query, caller);
    const now = this.clock.now();
    const appraisals = await this.records.appraisals.list({ buildingId: id, limit: 100 }, caller.within);
    const hazards = await this.records.hazards.list(
      { state: 'open', buildingId: id, now, limit: HAZARDS_MAX },
      caller.within,
    );
    const rounds = await this.records.watches.rounds(plan.id, caller.within);
    const org = await this.records.orgs.get(building.orgId, caller.within);
    const doc = reportDoc(
      {
        ...{ evidence, building, now, utcOffsetMs: this.utcOffsetMs, hazards: hazards.items },
        kind: query.week === undefined ? 'monthly' : 'weekly',
        issuer: org?.name ?? building.orgId,
        appraisal: appraisals.items.find(row => row.id === plan.appraisalId) ?? null,
        relief: appraisals.items.find(row => row.id === plan.endedByAppraisalId) ?? null,
        rounds: rounds.filter(({ startedAt: at }) => at >= evidence.report.from && at < evidence.report.to),
      },
      query.language,
    );
    const bytes = Buffer.from(await pdfOf(doc));
    void reply.header('content-type', 'application/pdf');
    void reply.header('content-disposition', `inline; filename="${doc.number ?? id}.pdf"`);
    return bytes;
  }
}
