import { Controller, Get, Header, Inject, Param, Query } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import { invariant } from '@anmai/kernel';
import { Caller, Needs, type Principal } from '@anmai/nest';
import type { Records } from '@anmai/postgres';
import { capQuery, capXml, idSchema } from '@anmai/wire';
import type { z } from 'zod';
import { absent } from '../absent';
import { Does } from '../does';
import { NOTIFY, RECORDS, type NotifyDeps } from '../ports';
import { capOfAlarm } from './cap-of-alarm';

@ApiTags('alarms')
@Controller('api/v1/alarms')
export class CapController {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    @Inject(NOTIFY) private readonly notify: NotifyDeps,
  ) {}

  @Get(':id/cap')
  @Needs('alarms.read')
  @Header('content-type', 'application/cap+xml; charset=utf-8')
  @ApiProduces('application/cap+xml')
  @Does('The alarm as a message of the Common Alerting Protocol 1.2', {
    status: 200,
    errors: [400, 404],
    text: 'Alert for its start, Update with references after each change, Cancel after its end. A Draft until ANMAI_CAP_SENDER is set.',
  })
  async cap(
    @Param('id', { schema: idSchema }) id: string,
    @Query({ schema: capQuery }) { n }: z.infer<typeof capQuery>,
    @Caller() caller: Principal,
  ): Promise<string> {
    const changes = await this.records.noticeFeed.changesOf(id, caller.within);
    if (changes.length === 0) absent('alarm', id);
    const xml = capXml(capOfAlarm(changes.slice(0, n), this.notify.capSender, this.notify.style));
    invariant(xml.ok, `a CAP message that is none: ${xml.ok ? '' : xml.error.join('; ')}`);
    return xml.value;
  }
}
