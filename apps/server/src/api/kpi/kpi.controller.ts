import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { KPI_TARGETS, kpiReport, type Kpi, type OnlineRate } from '@anmai/alarms';
import { AppError, DAY_MS, type Clock } from '@anmai/kernel';
import { Caller, Needs, type Principal } from '@anmai/nest';
import type { Records } from '@anmai/postgres';
import { KPI_MS_MAX, kpiQuery, kpiReply, type KpiReply } from '@anmai/wire';
import type { z } from 'zod';
import { Does } from '../does';
import { INCIDENT_ERRORS } from '../incidents/errors';
import { iso } from '../iso';
import { CLOCK, RECORDS } from '../ports';
import { kpiItems } from './kpi-items';

/** ISA-18.2 wants at least 30 days. */
const PERIOD_MS = 30 * DAY_MS;

@ApiTags('kpi')
@Controller('api/v1/kpi')
export class KpiController {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('alarms')
  @Needs('kpi.read')
  @Does('How well the alarms serve those who answer them, against targets with their sources', {
    reply: kpiReply,
    errors: [400, 413, 422],
    text:
      'The last 30 days when no period is given. `noData` is no good figure: nobody may have looked. ' +
      'Whether alarms flood now is part of GET /status and of the live event `health`.',
  })
  async alarms(
    @Query({ schema: kpiQuery }) query: z.infer<typeof kpiQuery>,
    @Caller() caller: Principal,
  ): Promise<KpiReply> {
    const to = query.to ?? this.clock.now();
    const from = query.from ?? to - PERIOD_MS;
    if (to - from > KPI_MS_MAX) {
      throw new AppError(INCIDENT_ERRORS.periodTooLong, { days: KPI_MS_MAX / DAY_MS });
    }
    const { watchedMs, ...input } = await this.records.kpi.input(from, to, caller.within);
    const report = kpiReport(input, { from, to, watchedMs });
    // Of a period in which no device was watched: said, rather than left out.
    const online = report.online.size > 0 ? report.online : NOBODY_WATCHED;
    return {
      from: iso(from),
      to: iso(to),
      items: kpiItems({ ...report, online }),
      histogram: report.rate.histogram,
      badActors: report.badActors.value?.actors ?? [],
    };
  }
}

const NOBODY_WATCHED: ReadonlyMap<string, Kpi<OnlineRate>> = new Map([
  ['*', { status: 'noData', value: null, target: KPI_TARGETS.online }],
]);
