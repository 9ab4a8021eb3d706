import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Clock } from '@anmai/kernel';
import { Caller, Needs, type Principal } from '@anmai/nest';
import type { Records } from '@anmai/postgres';
import {
  accountQuery,
  accountReply,
  accountSchema,
  bookingQuery,
  bookingReply,
  idSchema,
  incomeSchema,
  pageOf,
  reversalSchema,
  type AccountShape,
  type BookingShape,
  type Page,
} from '@anmai/wire';
import type { z } from 'zod';
import { absent } from '../absent';
import { authorOf } from '../author';
import { paged, pageReply } from '../cursor';
import { Does } from '../does';
import { newId } from '../new-id';
import { CLOCK, RECORDS } from '../ports';
import { accountShape, bookingShape } from './money-shape';

/** Accounts and bookings of the two kinds of money. */
@ApiTags('money')
@Controller('api/v1/money')
export class LedgerController {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('accounts')
  @Needs('money.read')
  @Does('List accounts with what is on them', { reply: pageOf(accountReply), errors: [400] })
  async accounts(
    @Query({ schema: accountQuery }) query: z.infer<typeof accountQuery>,
    @Caller() caller: Principal,
  ): Promise<Page<AccountShape>> {
    const page = await this.records.money.accounts(paged('moneyAccounts', query), caller.within);
    return pageReply('moneyAccounts', page, accountShape);
  }

  @Get('accounts/:id')
  @Needs('money.read')
  @Does('One account', { reply: accountReply, errors: [404] })
  async account(
    @Param('id', { schema: idSchema }) id: string,
    @Caller() caller: Principal,
  ): Promise<AccountShape> {
    return accountShape((await this.records.money.account(id, caller.within)) ?? absent('account', id));
  }

  @Post('accounts')
  @Needs('money.write')
  @Does('Open an account; it belongs to public or to individual money for ever', {
    reply: accountReply,
    status: 201,
    errors: [400, 409, 422],
  })
  async open(
    @Body({ schema: accountSchema }) body: z.infer<typeof accountSchema>,
    @Caller() caller: Principal,
  ): Promise<AccountShape> {
    const account = { ...body, id: body.id ?? newId('account') };
    return accountShape(await this.records.money.openAccount(account, authorOf(caller)));
  }

  @Get('bookings')
  @Needs('money.read')
  @Does('List bookings with their lines, newest first', { reply: pageOf(bookingReply), errors: [400] })
  async bookings(
    @Query({ schema: bookingQuery }) query: z.infer<typeof bookingQuery>,
    @Caller() caller: Principal,
  ): Promise<Page<BookingShape>> {
    const page = await this.records.money.bookings(paged('moneyBookings', query), caller.within);
    return pageReply('moneyBookings', page, bookingShape);
  }

  @Get('bookings/:id')
  @Needs('money.read')
  @Does('One booking', { reply: bookingReply, errors: [404] })
  async booking(
    @Param('id', { schema: idSchema }) id: string,
    @Caller() caller: Principal,
  ): Promise<BookingShape> {
    return bookingShape((await this.records.money.booking(id, caller.within)) ?? absent('booking', id));
  }

  @Post('income')
  @Needs('money.write')
  @Does('Book what came in, for one or more holders', {
    reply: bookingReply,
    status: 201,
    errors: [400, 409, 422],
    text: 'Bank and holders are of one kind of money: public and individual never meet (MON-003).',
  })
  async income(
    @Body({ schema: incomeSchema }) body: z.infer<typeof incomeSchema>,
    @Caller() caller: Principal,
  ): Promise<BookingShape> {
    const income = { ...body, id: body.id ?? newId('booking') };
    return bookingShape(await this.records.money.income(income, authorOf(caller)));
  }

  @Post('bookings/:id/reverse')
  @HttpCode(201)
  @Needs('money.write')
  @Does('Take a booking back by another one; bookings are never edited', {
    reply: bookingReply,
    status: 201,
    errors: [400, 404, 409],
  })
  async reverse(
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: reversalSchema }) body: z.infer<typeof reversalSchema>,
    @Caller() caller: Principal,
  ): Promise<BookingShape> {
    const reversal = { id: body.id ?? newId('booking'), at: body.at ?? this.clock.now(), text: body.text };
    return bookingShape(await this.records.money.reverse(id, reversal, authorOf(caller)));
  }
}
