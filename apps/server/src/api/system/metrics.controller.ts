import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import { AppError } from '@anmai/kernel';
import { bearerOf, Open } from '@anmai/nest';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Registry } from 'prom-client';
import { Principals } from '../auth/principals';
import { Does } from '../does';
import { API_ERRORS } from '../errors';
import { roleAllows } from '../permissions';
import { METRICS } from '../ports';

const LOOPBACK = /^(?:127\.|::1$|::ffff:127\.)/;

@ApiTags('platform')
@Controller('metrics')
export class MetricsController {
  constructor(
    @Inject(METRICS) private readonly metrics: Registry,
    @Inject(Principals) private readonly principals: Principals,
  ) {}

  @Get()
  @Open('on this machine; from elsewhere it checks the token itself')
  @ApiProduces('application/openmetrics-text')
  @Does('Metrics in OpenMetrics', { status: 200 })
  async scrape(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (!isLocal(request)) await this.requireToken(request);
    const text = await this.metrics.metrics();
    void reply.header('content-type', this.metrics.contentType).send(text);
  }

  private async requireToken(request: FastifyRequest): Promise<void> {
    const token = bearerOf(request.headers.authorization);
    if (token === null) throw new AppError(API_ERRORS.metricsClosed);
    const who = await this.principals.read(token);
    if (!roleAllows(who.role, 'status.read')) throw new AppError(API_ERRORS.metricsClosed);
  }
}

/** A proxy on this machine asks for someone else. */
const isLocal = (request: FastifyRequest): boolean =>
  LOOPBACK.test(request.raw.socket.remoteAddress ?? '') &&
  request.headers['x-forwarded-for'] === undefined &&
  request.headers['forwarded'] === undefined;
