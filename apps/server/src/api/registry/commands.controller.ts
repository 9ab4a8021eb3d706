import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Clock } from '@anmai/kernel';
import { Caller, Needs, type Principal } from '@anmai/nest';
import type { Records } from '@anmai/postgres';
import { commandReply, commandSchema, idSchema, type CommandReply } from '@anmai/wire';
import type { z } from 'zod';
import { absent } from '../absent';
import { Does } from '../does';
import { iso } from '../iso';
import { CLOCK, COMMANDS, RECORDS, type CommandSender } from '../ports';

@ApiTags('registry')
@Controller('api/v1/devices/:id/commands')
export class CommandsController {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    @Inject(COMMANDS) private readonly commands: CommandSender,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Post()
  @HttpCode(202)
  @Needs('devices.command')
  @Does('Send a command to a device: reporting interval, valve, siren', {
    reply: commandReply,
    status: 202,
    errors: [400, 404, 429, 503],
    text: 'QoS 1 on its command topic; kept in memory for a device with a persistent session that is away.',
  })
  async send(
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: commandSchema }) command: z.infer<typeof commandSchema>,
    @Caller() caller: Principal,
  ): Promise<CommandReply> {
    if ((await this.records.devices.get(id, caller.within)) === null) absent('device', id);
    // First the audit row: a valve that moved without one could never be explained.
    const entry = { actor: caller.username, action: 'device.command', subject: `device/${id}` };
    await this.records.audit.append({ ...entry, detail: { command } });
    const { topic } = await this.commands.send(id, command);
    return { topic, sentAt: iso(this.clock.now()) };
  }
}
