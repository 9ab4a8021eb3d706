import { Body, Controller, Get, Inject, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AppError, DAY_MS, type Clock } from '@anmai/kernel';
import { Caller, IfMatch, Needs, type Principal } from '@anmai/nest';
import { rotaGaps } from '@anmai/notify';
import type { Records, RotaList, RouteList } from '@anmai/postgres';
import {
  rotaReply,
  rotaSchema,
  routesReply,
  routesSchema,
  type RotaShape,
  type RoutesShape,
} from '@anmai/wire';
import type { z } from 'zod';
import { authorOf } from '../author';
import { Does } from '../does';
import { API_ERRORS } from '../errors';
import { iso } from '../iso';
import { CLOCK, RECORDS, UTC_OFFSET } from '../ports';

const GAPS_SHOWN_MS = 14 * DAY_MS;

/** Who is told of what, and who is on duty when. Each list is edited as a whole, as far as one sees it. */
@ApiTags('notifications')
@Controller('api/v1/notify')
export class RoutesController {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(UTC_OFFSET) private readonly utcOffsetMs: number,
  ) {}

  @Get('routes')
  @Needs('notify.read')
  @Does('Who is told of what', { reply: routesReply })
  async routes(@Caller() caller: Principal): Promise<RoutesShape> {
    return routesShape(await this.records.notifyPeople.routes(caller.within));
  }

  @Put('routes')
  @Needs('notify.write')
  @Does('Set who is told of what; takes the place of all routes that the caller sees', {
    reply: routesReply,
    errors: [400, 409, 412, 422],
  })
  async setRoutes(
    @Body({ schema: routesSchema }) { items, fallback }: z.infer<typeof routesSchema>,
    @IfMatch() version: number | null,
    @Caller() caller: Principal,
  ): Promise<RoutesShape> {
    if (fallback !== undefined && caller.within !== null)
      throw new AppError(API_ERRORS.notYours, {
        permission: 'notify.write',
        why: 'the fallback is of the whole platform',
      });
    const routes = items.map(({ tiers, ...route }) => ({
      ...route,
      tiers: tiers.map(({ afterSeconds, audiences }) => ({ afterMs: afterSeconds * 1_000, audiences })),
    }));
    const by = authorOf(caller);
    return routesShape(await this.records.notifyPeople.setRoutes(routes, fallback, version, by));
  }

  @Get('rota')
  @Needs('notify.read')
  @Does('Who is on duty when, and when nobody is', { reply: rotaReply })
  async rota(@Caller() caller: Principal): Promise<RotaShape> {
    return this.rotaShape(await this.records.notifyPeople.rota(caller.within));
  }

  @Put('rota')
  @Needs('notify.write')
  @Does('Set who is on duty; takes the place of all rotas that the caller sees', {
    reply: rotaReply,
    errors: [400, 409, 412, 422],
  })
  async setRota(
    @Body({ schema: rotaSchema }) { items }: z.infer<typeof rotaSchema>,
    @IfMatch() version: number | null,
    @Caller() caller: Principal,
  ): Promise<RotaShape> {
    return this.rotaShape(await this.records.notifyPeople.setRota(items, version, authorOf(caller)));
  }

  private rotaShape({ items, version }: RotaList): RotaShape {
    const now = this.clock.now();
    return {
      version,
      items: items.map(rota => ({
        id: rota.id,
        name: rota.name,
        orgId: rota.orgId,
        shifts: rota.shifts.map(shift => ({ ...shift, recipientIds: [...shift.recipientIds] })),
        exceptions: rota.exceptions.map(({ from, to, recipientIds, reason }) => ({
          from: iso(from),
          to: iso(to),
          recipientIds: [...recipientIds],
          reason,
        })),
        gaps: rotaGaps(rota, now, now + GAPS_SHOWN_MS, this.utcOffsetMs).map(({ from, to }) => ({
          from: iso(from),
          to: iso(to),
        })),
      })),
    };
  }
}

const routesShape = ({ items, fallback, version }: RouteList): RoutesShape => ({
  items: items.map(({ id, about, orgId, groups, from, tiers }) => ({
    id,
    about: about ?? 'alarms',
    orgId,
    groups: [...groups],
    from,
    tiers: tiers.map(({ afterMs, audiences }) => ({
      afterSeconds: afterMs / 1_000,
      audiences: [...audiences],
    })),
  })),
  fallback,
  version,
});
