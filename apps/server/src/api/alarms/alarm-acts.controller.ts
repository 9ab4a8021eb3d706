import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Caller, Needs, type Principal } from '@anmai/nest';
import {
  alarmReply,
  assessSchema,
  closeSchema,
  confirmSchema,
  idSchema,
  plainActSchema,
  shelveSchema,
  type AlarmShape,
} from '@anmai/wire';
import type { z } from 'zod';
import { Does } from '../does';
import { AlarmActs } from './alarm-acts';

const REPLY = { reply: alarmReply, errors: [400, 404, 409, 422] };

/** What people do to alarms beside acknowledging and commenting. Every refusal says what to do instead. */
@ApiTags('alarms')
@Controller('api/v1/alarms/:id')
export class AlarmActsController {
  constructor(@Inject(AlarmActs) private readonly acts: AlarmActs) {}

  @Post('shelve')
  @HttpCode(200)
  @Needs('alarms.act')
  @Does('Put an alarm (its rule on its sensor) aside until then; a rise in severity brings it back', REPLY)
  shelve(
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: shelveSchema }) { until, reason, seenN }: z.infer<typeof shelveSchema>,
    @Caller() caller: Principal,
  ): Promise<AlarmShape> {
    return this.acts.take(id, { kind: 'shelved', note: reason, until, seenN }, caller);
  }

  @Post('unshelve')
  @HttpCode(200)
  @Needs('alarms.act')
  @Does('Bring a shelved alarm back; it calls again', REPLY)
  unshelve(
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: plainActSchema }) { note }: z.infer<typeof plainActSchema>,
    @Caller() caller: Principal,
  ): Promise<AlarmShape> {
    return this.acts.take(id, { kind: 'unshelved', note }, caller);
  }

  @Post('assess')
  @HttpCode(200)
  @Needs('alarms.act')
  @Does('Say what an alarm was found to be (研判)', REPLY)
  assess(
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: assessSchema }) { verdict, note, seenN }: z.infer<typeof assessSchema>,
    @Caller() caller: Principal,
  ): Promise<AlarmShape> {
    return this.acts.take(id, { kind: 'assessed', verdict, note, seenN }, caller);
  }

  @Post('confirm')
  @HttpCode(200)
  @Needs('alarms.act')
  @Does('Say that one has made sure, on the spot or by measuring, that it is over', REPLY)
  confirm(
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: confirmSchema }) { note, seenN }: z.infer<typeof confirmSchema>,
    @Caller() caller: Principal,
  ): Promise<AlarmShape> {
    return this.acts.take(id, { kind: 'confirmed', note, seenN }, caller);
  }

  @Post('close')
  @HttpCode(200)
  @Needs('alarms.act')
  @Does('Close an alarm: it has cleared, given normal readings, and a person has confirmed', {
    ...REPLY,
    text:
      'Refused with all that is missing (ALM-018). `confirmed: true` confirms and closes in one step; nothing is kept ' +
      'when the close is refused. Closing what is closed changes nothing.',
  })
  close(
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: closeSchema }) { note, seenN, confirmed }: z.infer<typeof closeSchema>,
    @Caller() caller: Principal,
  ): Promise<AlarmShape> {
    const close = { kind: 'closed', note, seenN } as const;
    const confirm = { kind: 'confirmed', note, seenN } as const;
    return this.acts.takeAll(id, confirmed === true ? [confirm, close] : [close], caller);
  }

  @Post('reset')
  @HttpCode(200)
  @Needs('alarms.act')
  @Does('Reset a latched alarm that has returned to normal and was acknowledged', REPLY)
  reset(
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: plainActSchema }) { note }: z.infer<typeof plainActSchema>,
    @Caller() caller: Principal,
  ): Promise<AlarmShape> {
    return this.acts.take(id, { kind: 'reset', note }, caller);
  }
}
