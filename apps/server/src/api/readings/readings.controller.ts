import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DAY_MS, type Clock, type Millis } from '@anmai/kernel';
import { Caller, invalid, Needs, type Principal } from '@anmai/nest';
import type { Records, SensorRecord } from '@anmai/postgres';
import type { ReadingStore } from '@anmai/readings';
import {
  idSchema,
  readingsQuery,
  readingsReply,
  seriesQuery,
  seriesReply,
  type ReadingsReply,
  type SeriesReply,
} from '@anmai/wire';
import type { z } from 'zod';
import { absent } from '../absent';
import { Does } from '../does';
import { CLOCK, RECORDS, STORE } from '../ports';
import { readingShape } from '../registry/registry-shapes';
import { readSeries } from './series';

/** Without `from`: the last day. Without `to`: until now, readings from a fast clock included. */
const WINDOW_MS = DAY_MS;
const AHEAD_MS = 10 * 60_000;
/** A window longer than this would ask for more daily buckets than any chart can show. */
export const WINDOW_MS_MAX = 50 * 366 * DAY_MS;

@ApiTags('readings')
@Controller('api/v1/sensors/:id')
export class ReadingsController {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    @Inject(STORE) private readonly store: ReadingStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('readings')
  @Needs('readings.read')
  @Does('Raw readings, ascending, over [from, to)', { reply: readingsReply, errors: [400, 404, 503] })
  async readings(
    @Param('id', { schema: idSchema }) id: string,
    @Query({ schema: readingsQuery }) query: z.infer<typeof readingsQuery>,
    @Caller() caller: Principal,
  ): Promise<ReadingsReply> {
    await this.visibleSensor(id, caller);
    const window = this.window(query);
    const { rows, truncated } = await this.store.range({ sensorId: id, ...window, limit: query.limit });
    return { rows: rows.map(readingShape), truncated };
  }

  @Get('series')
  @Needs('readings.read')
  @Does('A line for a chart: at most `points` rows, the extremes of every pixel among them', {
    reply: seriesReply,
    errors: [400, 404, 503],
  })
  async series(
    @Param('id', { schema: idSchema }) id: string,
    @Query({ schema: seriesQuery }) query: z.infer<typeof seriesQuery>,
    @Caller() caller: Principal,
  ): Promise<SeriesReply> {
    const { expectedEverySeconds, unit } = await this.visibleSensor(id, caller);
    const { points } = query;
    const asked = { sensorId: id, ...this.window(query), points, expectedEverySeconds };
    const { rows, source } = await readSeries(this.store, asked);
    return { rows: rows.map(readingShape), source, unit };
  }

  private async visibleSensor(id: string, caller: Principal): Promise<SensorRecord> {
    return (await this.records.sensors.get(id, caller.within)) ?? absent('sensor', id);
  }

  private window(query: { from?: Millis | undefined; to?: Millis | undefined }): {
    from: Millis;
    to: Millis;
  } {
    const to = query.to ?? Math.max(this.clock.now() + AHEAD_MS, (query.from ?? 0) + 1);
    const from = query.from ?? (query.to ?? this.clock.now()) - WINDOW_MS;
    if (to - from <= WINDOW_MS_MAX) return { from, to };
    throw invalid([{ at: 'from', message: 'the window is longer than 50 years' }]);
  }
}
