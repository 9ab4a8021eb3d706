import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { dateAt, type CalendarDate } from '@anmai/lifecycle';
import type { Clock } from '@anmai/kernel';
import { Caller, Needs, type Principal } from '@anmai/nest';
import type { DueRow, Records } from '@anmai/postgres';
import {
  dueCountsQuery,
  dueCountsReply,
  dueListReply,
  dueQuery,
  dueReply,
  idSchema,
  type DueCountsShape,
  type DueListShape,
  type DueShape,
} from '@anmai/wire';
import type { z } from 'zod';
import { absent } from '../absent';
import { pageReply, paged } from '../cursor';
import { Does } from '../does';
import { CLOCK, RECORDS, UTC_OFFSET } from '../ports';

/** Reckoned within a reply at most: more is done in the background, and the reply says how much waits. */
const REFRESH_AT_ONCE = 500;

/** Which buildings are due for a check-up. */
@ApiTags('check-ups')
@Controller('api/v1/checkups/due')
export class DueController {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(UTC_OFFSET) private readonly utcOffsetMs: number,
  ) {}

  @Get()
  @Needs('checkups.read')
  @Does('Buildings that are overdue, due or due soon, first due first; or those of one state', {
    reply: dueListReply,
    errors: [400],
    text:
      '`unknown`: it cannot be said, since `missing` was not entered; it never reads as exempt. `uncovered`: the rules ' +
      'say nothing of such a building. `waiting` above 0: dates are being reckoned anew.',
  })
  async list(
    @Query({ schema: dueQuery }) query: z.output<typeof dueQuery>,
    @Caller() caller: Principal,
  ): Promise<DueListShape> {
    const { today, waiting } = await this.refreshed();
    const page = await this.records.checkupDues.list(paged('due', query), today, caller.within);
    const { items, nextCursor } = pageReply('due', page, dueShape);
    return { items: [...items], nextCursor, today, waiting };
  }

  @Get('counts')
  @Needs('checkups.read')
  @Does('How many buildings are in which state, by street', { reply: dueCountsReply, errors: [400] })
  async counts(
    @Query({ schema: dueCountsQuery }) query: z.output<typeof dueCountsQuery>,
    @Caller() caller: Principal,
  ): Promise<DueCountsShape> {
    const { today, waiting } = await this.refreshed();
    return {
      today,
      waiting,
      items: [...(await this.records.checkupDues.counts(query, today, caller.within))],
    };
  }

  @Get(':buildingId')
  @Needs('checkups.read')
  @Does('When the next check-up of one building is due, and by which rule', {
    reply: dueReply,
    errors: [404],
  })
  async get(
    @Param('buildingId', { schema: idSchema }) buildingId: string,
    @Caller() caller: Principal,
  ): Promise<DueShape> {
    const { today } = await this.refreshed();
    const row = await this.records.checkupDues.get(buildingId, today, caller.within);
    return dueShape(row ?? absent('due date of building', buildingId));
  }

  private async refreshed(): Promise<{ today: CalendarDate; waiting: number }> {
    const today = dateAt(this.clock.now(), this.utcOffsetMs);
    const waiting = await this.records.checkupDues.refresh(today, this.utcOffsetMs, REFRESH_AT_ONCE);
    return { today, waiting };
  }
}

export function dueShape({ place, state, due, lastOn, open }: DueRow): DueShape {
  const dated = due.kind === 'dated' ? due : null;
  return {
    building: place,
    state,
    dueFrom: dated?.dueFrom ?? null,
    dueOn: dated?.dueOn ?? (due.kind === 'unknown' ? due.mayBeDueOn : null),
    isEarliest: dated?.isEarliest ?? due.kind === 'unknown',
    missing: due.kind === 'unknown' ? [...due.missing] : [...(dated?.missing ?? [])],
    designLifeAssumed: (dated?.assumed.length ?? 0) > 0,
    lastOn,
    rule: dated === null ? null : { ...dated.ruleSet, rowId: dated.rowId, mark: dated.mark },
    open,
  };
}
