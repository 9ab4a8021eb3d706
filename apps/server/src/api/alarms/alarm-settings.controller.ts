import { Body, Controller, Get, Inject, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Caller, IfMatch, Needs, type Principal } from '@anmai/nest';
import type { Records } from '@anmai/postgres';
import { alarmSettingsReply, alarmSettingsSchema, asSettings, type AlarmSettingsShape } from '@anmai/wire';
import type { z } from 'zod';
import { authorOf } from '../author';
import { Does } from '../does';
import { RECORDS } from '../ports';
import { requirePlatform } from './platform-only';

@ApiTags('alarms')
@Controller('api/v1/alarm-settings')
export class AlarmSettingsController {
  constructor(@Inject(RECORDS) private readonly records: Records) {}

  @Get()
  @Needs('alarms.read')
  @Does('How long alarms may be shelved, when they call again, what is owed to them, what closes them', {
    reply: alarmSettingsReply,
  })
  get(): Promise<AlarmSettingsShape> {
    return this.records.lifeSettings.get();
  }

  @Put()
  @Needs('alarms.plan')
  @Does('Change them from now on; what was stays as it was', {
    reply: alarmSettingsReply,
    errors: [400, 412],
  })
  put(
    @Body({ schema: alarmSettingsSchema }) body: z.infer<typeof alarmSettingsSchema>,
    @IfMatch() version: number | null,
    @Caller() caller: Principal,
  ): Promise<AlarmSettingsShape> {
    requirePlatform(caller);
    return this.records.lifeSettings.put(asSettings(body), version, authorOf(caller));
  }
}
