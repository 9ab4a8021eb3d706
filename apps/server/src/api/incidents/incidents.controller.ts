import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { audienceOf } from '@anmai/alarms';
import type { Clock } from '@anmai/kernel';
import { Caller, Needs, type Principal } from '@anmai/nest';
import type { IncidentFile, Records } from '@anmai/postgres';
import {
  idSchema,
  incidentDetailReply,
  incidentQuery,
  incidentReply,
  pageOf,
  reviewReply,
  stepSchema,
  type IncidentDetailShape,
  type IncidentShape,
  type Page,
  type ReviewShape,
  type StepBody,
} from '@anmai/wire';
import type { z } from 'zod';
import { alarmShape } from '../alarms/alarm-shape';
import { pageReply, paged } from '../cursor';
import { Does } from '../does';
import { iso } from '../iso';
import { CLOCK, LIVE_STATE, RECORDS, type LiveState } from '../ports';
import { IncidentDesk } from './incident-desk';
import { causeShape, incidentShape, reviewShape, stepShape } from './incident-shape';

@ApiTags('incidents')
@Controller('api/v1/incidents')
export class IncidentsController {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    @Inject(IncidentDesk) private readonly desk: IncidentDesk,
    @Inject(LIVE_STATE) private readonly state: LiveState,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Needs('incidents.read')
  @Does('List incidents, newest first; `open` means neither released nor gone into another one', {
    reply: pageOf(incidentReply),
    errors: [400],
    text: 'An incident is the alarms that belong together. `timers` say what is expected by when.',
  })
  async list(
    @Query({ schema: incidentQuery }) query: z.infer<typeof incidentQuery>,
    @Caller() caller: Principal,
  ): Promise<Page<IncidentShape>> {
    const page = await this.records.incidents.list(paged('incidents', query), caller.within);
    const now = this.clock.now();
    return pageReply('incidents', page, row => incidentShape(row, now));
  }

  @Get(':id')
  @Needs('incidents.read')
  @Does('One incident with its alarms, causes, steps and what is overdue', {
    reply: incidentDetailReply,
    errors: [404],
    text: 'At most 200 of its alarms; all of them by GET /alarms?incident=.',
  })
  async get(
    @Param('id', { schema: idSchema }) id: string,
    @Caller() caller: Principal,
  ): Promise<IncidentDetailShape> {
    const file = await this.desk.file(id, caller);
    const { items, cut } = await this.desk.alarms(id, caller);
    const { row } = file;
    const causes = this.state.incidentCauses(id);
    return {
      ...incidentShape(row, this.clock.now()),
      causes: (causes.length === 0 && row.cause !== null ? [row.cause] : causes).map(causeShape),
      steps: file.steps.map(stepShape),
      alarms: items.map(alarmShape),
      alarmsCut: cut,
      overdue: file.overdue.map(({ kind, taskId, dueAt, escalateTo, noticedAt }) => ({
        ...{ kind, taskId, escalateTo },
        ...{ dueAt: iso(dueAt), noticedAt: iso(noticedAt) },
      })),
      audience: [...audienceOf(row.disposal.severity)],
      review: archivedReview(file),
    };
  }

  @Get(':id/review')
  @Needs('incidents.read')
  @Does('What happened, when and how fast, as far as it has come', { reply: reviewReply, errors: [404] })
  async review(
    @Param('id', { schema: idSchema }) id: string,
    @Caller() caller: Principal,
  ): Promise<ReviewShape> {
    const file = await this.desk.file(id, caller);
    return (
      archivedReview(file) ?? reviewShape(this.desk.review(file, (await this.desk.alarms(id, caller)).items))
    );
  }

  @Post(':id/steps')
  @HttpCode(200)
  @Needs('incidents.act')
  @Does('Take a step: assess, warn, dispatch, feedback, proposeEnd, release or archive', {
    reply: incidentReply,
    errors: [400, 404, 409],
    text:
      'A step that may not follow is refused with 409 (INC-001); `refusal` says why and what to do instead. ' +
      '"Work done" ends nothing: a release needs every sensor normal again, and a person.',
  })
  async step(
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: stepSchema }) body: StepBody,
    @Caller() caller: Principal,
  ): Promise<IncidentShape> {
    return incidentShape(await this.desk.take(id, body, caller), this.clock.now());
  }
}

function archivedReview({ row, steps }: IncidentFile): ReviewShape | null {
  const step = steps.findLast(each => each.kind === 'archived' && each.incidentId === row.id);
  return step?.kind === 'archived' && row.archivedAt !== null ? reviewShape(step.payload.review) : null;
}
