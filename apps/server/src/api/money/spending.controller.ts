import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Clock } from '@anmai/kernel';
import { Caller, Needs, type Principal } from '@anmai/nest';
import type { Records } from '@anmai/postgres';
import {
  decisionSchema,
  idSchema,
  pageOf,
  paymentSchema,
  requestQuery,
  requestReply,
  spendingSchema,
  type Page,
  type RequestShape,
} from '@anmai/wire';
import type { z } from 'zod';
import { absent } from '../absent';
import { authorOf } from '../author';
import { paged, pageReply } from '../cursor';
import { Does } from '../does';
import { newId } from '../new-id';
import { CLOCK, RECORDS } from '../ports';
import { requestShape } from './money-shape';

/** Spending: asked for, approved by others, paid. */
@ApiTags('money')
@Controller('api/v1/money/requests')
export class SpendingController {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Needs('money.read')
  @Does('List spending requests, newest first', { reply: pageOf(requestReply), errors: [400] })
  async list(
    @Query({ schema: requestQuery }) query: z.infer<typeof requestQuery>,
    @Caller() caller: Principal,
  ): Promise<Page<RequestShape>> {
    const page = await this.records.money.requests(paged('moneyRequests', query), caller.within);
    return pageReply('moneyRequests', page, requestShape);
  }

  @Get(':id')
  @Needs('money.read')
  @Does('One spending request', { reply: requestReply, errors: [404] })
  async get(
    @Param('id', { schema: idSchema }) id: string,
    @Caller() caller: Principal,
  ): Promise<RequestShape> {
    return requestShape(
      (await this.records.money.request(id, caller.within)) ?? absent('spending request', id),
    );
  }

  @Post()
  @Needs('money.write')
  @Does('Ask for spending', {
    reply: requestReply,
    status: 201,
    errors: [400, 409, 422],
    text: 'A use that the rules do not permit for this kind of money is refused (MON-007).',
  })
  async ask(
    @Body({ schema: spendingSchema }) body: z.infer<typeof spendingSchema>,
    @Caller() caller: Principal,
  ): Promise<RequestShape> {
    const { id, ...wish } = body;
    return requestShape(await this.records.money.ask(id ?? newId('request'), wish, authorOf(caller)));
  }

  @Post(':id/decide')
  @HttpCode(200)
  @Needs('money.approve')
  @Does('Approve or decline; never one’s own request (MON-008)', {
    reply: requestReply,
    errors: [400, 404, 409],
    text: 'The approval that is the last needed promises the money, so that it cannot be spent twice.',
  })
  async decide(
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: decisionSchema }) { verdict, note }: z.infer<typeof decisionSchema>,
    @Caller() caller: Principal,
  ): Promise<RequestShape> {
    return requestShape(await this.records.money.decide(id, verdict, note, authorOf(caller)));
  }

  @Post(':id/withdraw')
  @HttpCode(200)
  @Needs('money.write')
  @Does('Withdraw a request; what was promised is free again', { reply: requestReply, errors: [404, 409] })
  async withdraw(
    @Param('id', { schema: idSchema }) id: string,
    @Caller() caller: Principal,
  ): Promise<RequestShape> {
    return requestShape(await this.records.money.withdraw(id, authorOf(caller)));
  }

  @Post(':id/pay')
  @HttpCode(200)
  @Needs('money.write')
  @Does('Book the payment of an approved request', { reply: requestReply, errors: [400, 404, 409, 422] })
  async pay(
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: paymentSchema }) body: z.infer<typeof paymentSchema>,
    @Caller() caller: Principal,
  ): Promise<RequestShape> {
    const request = (await this.records.money.request(id, caller.within)) ?? absent('spending request', id);
    const payment = {
      bookingId: body.bookingId ?? newId('booking'),
      bankId: body.bankId,
      at: body.at ?? this.clock.now(),
      paidFen: body.paidFen ?? request.amountFen,
      text: body.text,
    };
    return requestShape(await this.records.money.pay(id, payment, authorOf(caller)));
  }
}
