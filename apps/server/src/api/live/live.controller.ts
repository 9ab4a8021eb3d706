import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import { Caller, Needs, type Principal } from '@anmai/nest';
import type { Records } from '@anmai/postgres';
import { liveQuery } from '@anmai/wire';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ServerResponse } from 'node:http';
import type { z } from 'zod';
import { absent } from '../absent';
import { Does } from '../does';
import { RECORDS } from '../ports';
import type { LiveSink } from './live-client';
import { LiveHub } from './live-hub';

const EVENT_ID = /^[\w-]{1,64}$/;

@ApiTags('live')
@Controller('api/v1/live')
export class LiveController {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    @Inject(LiveHub) private readonly hub: LiveHub,
  ) {}

  @Get()
  @Needs('live.read')
  @ApiProduces('text/event-stream')
  @Does('Follow what happens: events alarm, incident, reading, health and reset', {
    status: 200,
    errors: [400, 404, 503],
    text: 'Server-sent events; see /api/asyncapi.json. Send the last `id:` as `Last-Event-ID` to resume.',
  })
  async follow(
    @Query({ schema: liveQuery }) { sensors }: z.infer<typeof liveQuery>,
    @Caller() caller: Principal,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    this.hub.requireRoom();
    const sensorIds = new Set(sensors);
    for (const id of sensorIds) {
      if ((await this.records.sensors.get(id, caller.within)) === null) absent('sensor', id);
    }
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      // Or a proxy in front would hold events back until it has a buffer full.
      'x-accel-buffering': 'no',
    });
    request.raw.socket.setNoDelay(true);
    const given = request.headers['last-event-id'];
    const lastEventId = typeof given === 'string' && EVENT_ID.test(given) ? given : null;
    const leave = this.hub.join(caller, sensorIds, lastEventId, sinkOf(raw));
    raw.on('close', leave);
    // The socket may have gone while the sensors were looked up.
    if (raw.destroyed) leave();
  }
}

function sinkOf(raw: ServerResponse): LiveSink {
  // A client that went away is told by `close`; a write that crosses it is no fault.
  raw.on('error', () => undefined);
  return {
    write: text => raw.write(text),
    onDrain: fn => void raw.on('drain', fn),
    destroy: () => void raw.destroy(),
  };
}
