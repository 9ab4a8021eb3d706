import { Body, Controller, Get, Inject, Param, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Caller, IfMatch, Needs, type Principal } from '@anmai/nest';
import type { ContactRecord, Records } from '@anmai/postgres';
import { contactsReply, contactsSchema, idSchema, type ContactsShape } from '@anmai/wire';
import type { z } from 'zod';
import { absent } from '../absent';
import { authorOf } from '../author';
import { Does } from '../does';
import { roleAllows } from '../permissions';
import { NOTIFY, RECORDS, type NotifyDeps } from '../ports';

/** How a person is reached: one's own, or those of others for whoever manages accounts. */
@ApiTags('notifications')
@Controller('api/v1/notify/contacts')
export class ContactsController {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    @Inject(NOTIFY) private readonly notify: NotifyDeps,
  ) {}

  @Get(':username')
  @Needs('self.use')
  @Does('How a person is reached; others’ only with users.manage', { reply: contactsReply, errors: [404] })
  async get(
    @Param('username', { schema: idSchema }) username: string,
    @Caller() caller: Principal,
  ): Promise<ContactsShape> {
    requireOwn(username, caller);
    const found = await this.records.notifyPeople.contact(username, caller.within);
    return this.shape(found ?? absent('user', username));
  }

  @Put(':username')
  @Needs('self.use')
  @Does('Set how a person is reached; others’ only with users.manage', {
    reply: contactsReply,
    errors: [400, 404, 412, 422],
  })
  async replace(
    @Param('username', { schema: idSchema }) username: string,
    @Body({ schema: contactsSchema }) body: z.infer<typeof contactsSchema>,
    @IfMatch() version: number | null,
    @Caller() caller: Principal,
  ): Promise<ContactsShape> {
    requireOwn(username, caller);
    const value = { username, ...body };
    return this.shape(await this.records.notifyPeople.setContact(value, version, authorOf(caller)));
  }

  private shape({ username, language, contacts, quiet, version }: ContactRecord): ContactsShape {
    const channels = new Set(contacts.map(contact => contact.channel));
    const unconfigured = [...channels].filter(channel => !this.notify.channels.has(channel));
    return { username, language, contacts: [...contacts], quiet: [...quiet], unconfigured, version };
  }
}

/** Whose numbers are not one's business is not there. */
function requireOwn(username: string, caller: Principal): void {
  if (username !== caller.username && !roleAllows(caller.role, 'users.manage')) absent('user', username);
}
