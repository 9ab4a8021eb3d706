import { Controller, Get, Header, Inject, Query } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import { monthSpan, POTS } from '@anmai/lifecycle';
import { Caller, Needs, type Principal } from '@anmai/nest';
import type { PotTotals, Records } from '@anmai/postgres';
import { pdfOf, xlsxOf } from '@anmai/reports';
import { cityQuery, cityReply, reportQuery, type CityShape } from '@anmai/wire';
import type { z } from 'zod';
import { Does } from '../does';
import { roleAllows } from '../permissions';
import { RECORDS, UTC_OFFSET } from '../ports';
import { CityDesk, type CityFigures } from './city-desk';
import { cityReport } from './city-report';
import { cityShape } from './city-shape';
import { citySheets } from './city-sheets';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
/** Policies that one report lists. */
const POLICIES_MAX = 200;

/** Who decides for the whole platform sees all of it, what was kept of months gone by included. */
const seenBy = (caller: Principal): string | null => (caller.isPlatformWide ? null : caller.within);

/** The indicators of the city, and its monthly report. */
@ApiTags('city')
@Controller('api/v1')
export class CityController {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    @Inject(CityDesk) private readonly desk: CityDesk,
    @Inject(UTC_OFFSET) private readonly utcOffsetMs: number,
  ) {}

  @Get('kpi/city')
  @Needs('city.read')
  @Does('Indicators of the city by district and month, each with numerator and denominator', {
    reply: cityReply,
    errors: [400],
    text: 'States of a month gone by are those kept when it ended. `noData` is no good figure, and never 100 %.',
  })
  async city(
    @Query({ schema: cityQuery }) query: z.infer<typeof cityQuery>,
    @Caller() caller: Principal,
  ): Promise<CityShape> {
    return cityShape(await this.desk.figures(query.month, seenBy(caller), query.district));
  }

  @Get('reports/city.pdf')
  @Needs('city.read')
  @Header('content-type', 'application/pdf')
  @Header('content-disposition', 'inline; filename="city.pdf"')
  @ApiProduces('application/pdf')
  @Does('The monthly report of the city as PDF; money only for who may see it', {
    status: 200,
    errors: [400, 413],
  })
  async pdf(
    @Query({ schema: reportQuery }) query: z.infer<typeof reportQuery>,
    @Caller() caller: Principal,
  ): Promise<Buffer> {
    const figures = await this.desk.figures(query.month, seenBy(caller), query.district);
    const { language, district } = query;
    const org = await this.records.orgs.get(caller.orgId, caller.within);
    const policies = await this.records.insurance.policies(
      { limit: POLICIES_MAX, kind: 'building' },
      caller.within,
    );
    const doc = cityReport({
      figures,
      language,
      district: district ?? null,
      issuer: org?.name ?? 'Anmai 安脉',
      utcOffsetMs: this.utcOffsetMs,
      money: roleAllows(caller.role, 'money.read') ? await this.money(figures, caller) : null,
      codeNames: await this.codeNames(language),
      policies: policies.items,
      now: figures.at,
    });
    return Buffer.from(await pdfOf(doc));
  }

  @Get('reports/city.xlsx')
  @Needs('city.read')
  @Header('content-type', XLSX)
  @Header('content-disposition', 'attachment; filename="city.xlsx"')
  @ApiProduces(XLSX)
  @Does('The figures of the city as XLSX: all, by district, by month', { status: 200, errors: [400] })
  async xlsx(
    @Query({ schema: reportQuery }) query: z.infer<typeof reportQuery>,
    @Caller() caller: Principal,
  ): Promise<Buffer> {
    const figures = await this.desk.figures(query.month, seenBy(caller), query.district);
    return Buffer.from(await xlsxOf(citySheets(figures, query.language), this.utcOffsetMs));
  }

  private money({ month }: CityFigures, caller: Principal): Promise<readonly PotTotals[]> {
    const { from, to } = monthSpan(month, this.utcOffsetMs);
    return this.records.money.totals(from, to, caller.within);
  }

  /** `public checkup` → its name, by the rules in force. */
  private async codeNames(language: 'zh' | 'en'): Promise<ReadonlyMap<string, string>> {
    const { pots } = await this.records.money.rules();
    return new Map(
      POTS.flatMap(pot =>
        [...pots[pot].sources, ...pots[pot].uses].map(
          each => [`${pot} ${each.code}`, each[language]] as const,
        ),
      ),
    );
  }
}
