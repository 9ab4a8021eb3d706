import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Caller, Needs, type Principal } from '@anmai/nest';
import { explainReply, idSchema, type ExplainReply } from '@anmai/wire';
import { Does } from '../does';
import { AlarmExplanation } from './explain';

@ApiTags('alarms')
@Controller('api/v1/alarms/:id/explain')
export class ExplainController {
  constructor(@Inject(AlarmExplanation) private readonly explanation: AlarmExplanation) {}

  @Get()
  @Needs('alarms.read')
  @Does('Why an alarm was raised, and why not earlier', {
    reply: explainReply,
    errors: [404, 503],
    text:
      'The version of the rule that raised the alarm judges the stored readings around it again. The replay begins ' +
      '`leadInSeconds` before the raise, without what the rule had learned before: rows with `isLearning` say nothing yet.',
  })
  get(@Param('id', { schema: idSchema }) id: string, @Caller() caller: Principal): Promise<ExplainReply> {
    return this.explanation.of(id, caller);
  }
}
