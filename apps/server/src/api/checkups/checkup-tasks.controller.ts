import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Clock } from '@anmai/kernel';
import { conflictsOf } from '@anmai/lifecycle';
import { Caller, Needs, type Principal } from '@anmai/nest';
import { CHECKUP_TASKS_MAX, type Records } from '@anmai/postgres';
import {
  checkupDraftReply,
  checkupSubmitReply,
  checkupTasksReply,
  draftSyncSchema,
  idSchema,
  submitCheckupSchema,
  type CheckupDraftShape,
  type CheckupSubmitShape,
  type CheckupTasksShape,
} from '@anmai/wire';
import type { z } from 'zod';
import { Does } from '../does';
import { iso } from '../iso';
import { CLOCK, RECORDS } from '../ports';
import { CheckupDesk } from './checkup-desk';
import { checkupShape, recordShape, taskShape } from './checkup-shape';

/** What a phone does: takes tasks along, keeps drafts in step, submits. */
@ApiTags('check-ups')
@Controller('api/v1/checkups')
export class CheckupTasksController {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    @Inject(CheckupDesk) private readonly desk: CheckupDesk,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('tasks')
  @Needs('checkups.read')
  @Does('Check-ups that the caller is to do, with all that a phone takes along', {
    reply: checkupTasksReply,
    text: 'Forms are fetched by GET /checkups/forms/{id}/{version}; `serverAt` shows a wrong clock.',
  })
  async tasks(@Caller() caller: Principal): Promise<CheckupTasksShape> {
    const tasks = await this.records.checkups.tasks(caller.username);
    const items = tasks.slice(0, CHECKUP_TASKS_MAX).map(taskShape);
    const forms = new Map(items.map(({ form }) => [`${form.id}@${form.version}`, form]));
    return {
      serverAt: iso(this.clock.now()),
      items,
      forms: [...forms.values()],
      cut: tasks.length > CHECKUP_TASKS_MAX,
    };
  }

  @Post(':id/draft')
  @HttpCode(200)
  @Needs('checkups.fill')
  @Does('Merge what the phone has into the draft, and give what it holds now', {
    reply: checkupDraftReply,
    errors: [400, 403, 404, 409, 413],
    text:
      'Field by field: each device keeps its newest write, and writes that did not know of each other stand side by ' +
      'side in `conflicts` until a write that has seen both. All fields or only changed ones may be sent.',
  })
  async sync(
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: draftSyncSchema }) body: z.output<typeof draftSyncSchema>,
    @Caller() caller: Principal,
  ): Promise<CheckupDraftShape> {
    const { row, fields, offsetMs, at } = await this.desk.sync(id, body, caller);
    return {
      checkupId: id,
      state: row.state,
      fields,
      conflicts: [...conflictsOf(fields)],
      serverAt: iso(at),
      clockOffsetMs: offsetMs,
    };
  }

  @Post(':id/submit')
  @HttpCode(200)
  @Needs('checkups.fill')
  @Does('Submit a check-up; the draft as the phone has it is merged in first', {
    reply: checkupSubmitReply,
    errors: [400, 403, 404, 409, 413, 422],
    text:
      'The same again gives the record of before, `again` true. Any published version of a form is taken. Files may ' +
      'arrive later: `attachments` say which, each with its SHA-256. A record is never changed: returned for ' +
      'correction, the next one supersedes it.',
  })
  async submit(
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: submitCheckupSchema }) body: z.output<typeof submitCheckupSchema>,
    @Caller() caller: Principal,
  ): Promise<CheckupSubmitShape> {
    const { row, record, again } = await this.desk.submit(id, body, caller);
    const awaited = await this.desk.awaited([record], caller);
    return { checkup: checkupShape(row), record: recordShape(record, row.revision, awaited), again };
  }
}
