import { createHash, randomBytes } from 'node:crypto';
import { Body, Controller, Delete, Get, Header, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import { AppError, type Clock } from '@anmai/kernel';
import { Caller, Needs, Open, SecretReply, type Principal } from '@anmai/nest';
import type { Records } from '@anmai/postgres';
import { calendarReply, idSchema, newCalendarSchema, type CalendarShape } from '@anmai/wire';
import { z } from 'zod';
import { absent } from '../absent';
import { Does } from '../does';
import { iso } from '../iso';
import { CLOCK, RECORDS } from '../ports';
import { calendarOf } from './calendar';
import { viewerOf } from './checkup-desk';
import { CHECKUP_ERRORS as E } from './errors';

/** Check-ups in one calendar at most: the first due. */
const EVENTS_MAX = 1_000;
const ICS = 'text/calendar; charset=utf-8';
const calendarQuery = z.strictObject({ agencyId: idSchema.optional() });
const tokenSchema = z.string().max(100);
const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Calendars (iCalendar, RFC 5545) of an inspector or of an agency, for whatever calendar they use. */
@ApiTags('check-ups')
@Controller('api/v1/checkups')
export class CalendarController {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('calendar.ics')
  @Needs('checkups.read')
  @ApiProduces('text/calendar')
  @Header('content-type', ICS)
  @Does('The caller’s own check-ups as a calendar, or those of an agency', { errors: [400, 403, 404] })
  async own(
    @Query({ schema: calendarQuery }) { agencyId }: z.output<typeof calendarQuery>,
    @Caller() caller: Principal,
  ): Promise<string> {
    if (agencyId !== undefined) await this.requireAgency(agencyId, caller);
    return this.text(caller.username, agencyId ?? null);
  }

  @Get('calendars/:token')
  @Open('a calendar program sends no access token: the address is the secret, and can be taken back')
  @ApiProduces('text/calendar')
  @Header('content-type', ICS)
  @Header('cache-control', 'private, no-store')
  @Does('A calendar by its address', { errors: [404] })
  async shared(@Param('token', { schema: tokenSchema }) token: string): Promise<string> {
    const found = await this.records.checkupCalendars.find(hashOf(token.replace(/\.ics$/, '')));
    if (found === null) return absent('calendar', 'of this address');
    return this.text(found.username, found.agencyId);
  }

  @Post('calendars')
  @Needs('checkups.read')
  @SecretReply()
  @Does('An address under which a calendar program finds the own check-ups, or those of an agency', {
    reply: calendarReply,
    status: 201,
    errors: [400, 403, 404],
  })
  async make(
    @Body({ schema: newCalendarSchema }) { agencyId }: z.output<typeof newCalendarSchema>,
    @Caller() caller: Principal,
  ): Promise<CalendarShape> {
    if (agencyId !== null) await this.requireAgency(agencyId, caller);
    const token = randomBytes(32).toString('base64url');
    await this.records.checkupCalendars.make(hashOf(token), caller.username, agencyId);
    return { path: `/api/v1/checkups/calendars/${token}.ics`, madeAt: iso(this.clock.now()) };
  }

  @Delete('calendars')
  @HttpCode(204)
  @Needs('checkups.read')
  @Does('Take back all own addresses of calendars')
  async revoke(@Caller() caller: Principal): Promise<void> {
    await this.records.checkupCalendars.revoke(caller.username);
  }

  /** An inspector sees the own check-ups, in a calendar as anywhere. */
  private async requireAgency(agencyId: string, caller: Principal): Promise<void> {
    if (viewerOf(caller).onlyOwn) throw new AppError(E.ownCalendar);
    if ((await this.records.regimes.agency(agencyId, caller.within)) === null) absent('agency', agencyId);
  }

  private async text(username: string, agencyId: string | null): Promise<string> {
    const rows = await this.records.checkups.upcoming(username, agencyId, EVENTS_MAX);
    return calendarOf(rows, agencyId ?? username, this.clock.now());
  }
}
