import { Body, Controller, Get, Header, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import { parse } from 'csv-parse/sync';
import { AppError } from '@anmai/kernel';
import { MONEY_ERRORS, statementLines } from '@anmai/lifecycle';
import { Caller, Needs, type Principal } from '@anmai/nest';
import type { Records } from '@anmai/postgres';
import { csvOf, xlsxOf } from '@anmai/reports';
import {
  idSchema,
  matchSchema,
  spanQuery,
  statementReply,
  statementSchema,
  type StatementShape,
} from '@anmai/wire';
import type { z } from 'zod';
import { absent } from '../absent';
import { authorOf } from '../author';
import { Does } from '../does';
import { newId } from '../new-id';
import { RECORDS, UTC_OFFSET } from '../ports';
import { exportedBookings } from './booking-sheet';
import { statementShape } from './money-shape';

/** What banks say, and what is handed to auditors. */
@ApiTags('money')
@Controller('api/v1/money')
export class StatementsController {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    @Inject(UTC_OFFSET) private readonly utcOffsetMs: number,
  ) {}

  @Post('statements')
  @Needs('money.write')
  @Does('Take a statement of the bank and set it against the books', {
    reply: statementReply,
    status: 201,
    errors: [400, 404, 409, 422],
    text: 'A row is matched by the booking’s id in its reference, or where exactly one booking fits. The rest a person decides.',
  })
  async take(
    @Body({ schema: statementSchema }) body: z.infer<typeof statementSchema>,
    @Caller() caller: Principal,
  ): Promise<StatementShape> {
    const lines = statementLines(csvRows(body.csv), this.utcOffsetMs);
    if (!lines.ok) throw new AppError(lines.error.spec, lines.error.details);
    const { openingFen, closingFen, accountId } = body;
    const statement = { openingFen, closingFen, lines: lines.value };
    const id = body.id ?? newId('statement');
    return statementShape(
      await this.records.money.importStatement(id, accountId, statement, authorOf(caller)),
    );
  }

  @Get('statements/:id')
  @Needs('money.read')
  @Does('One statement, row by row', { reply: statementReply, errors: [404] })
  async get(
    @Param('id', { schema: idSchema }) id: string,
    @Caller() caller: Principal,
  ): Promise<StatementShape> {
    return statementShape((await this.records.money.statement(id, caller.within)) ?? absent('statement', id));
  }

  @Post('statements/:id/match')
  @HttpCode(200)
  @Needs('money.write')
  @Does('Say which booking a row is; null takes it back', {
    reply: statementReply,
    errors: [400, 404, 409, 422],
  })
  async match(
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: matchSchema }) { n, bookingId }: z.infer<typeof matchSchema>,
    @Caller() caller: Principal,
  ): Promise<StatementShape> {
    return statementShape(await this.records.money.match(id, n, bookingId, authorOf(caller)));
  }

  @Get('export.csv')
  @Needs('money.read')
  @Header('content-type', 'text/csv; charset=utf-8')
  @Header('content-disposition', 'attachment; filename="bookings.csv"')
  @ApiProduces('text/csv')
  @Does('All lines of the bookings of a period as CSV', { status: 200, errors: [400, 413] })
  async csv(
    @Query({ schema: spanQuery }) query: z.infer<typeof spanQuery>,
    @Caller() caller: Principal,
  ): Promise<string> {
    return csvOf(await exportedBookings(this.records, query, caller.within));
  }

  @Get('export.xlsx')
  @Needs('money.read')
  @Header('content-type', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
  @Header('content-disposition', 'attachment; filename="bookings.xlsx"')
  @ApiProduces('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
  @Does('All lines of the bookings of a period as XLSX', { status: 200, errors: [400, 413] })
  async xlsx(
    @Query({ schema: spanQuery }) query: z.infer<typeof spanQuery>,
    @Caller() caller: Principal,
  ): Promise<Buffer> {
    const sheet = await exportedBookings(this.records, query, caller.within);
    return Buffer.from(await xlsxOf([sheet], this.utcOffsetMs));
  }
}

function csvRows(text: string): string[][] {
  try {
    return parse(text, { bom: true, relax_column_count: true, skip_empty_lines: true });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new AppError(MONEY_ERRORS.badStatement, { row: 1, why });
  }
}
