import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { CheckupForm } from '@anmai/lifecycle';
import { Caller, Needs, type Principal } from '@anmai/nest';
import type { Records } from '@anmai/postgres';
import { checkupFormSchema, checkupFormsReply, idSchema, type CheckupFormsShape } from '@anmai/wire';
import { z } from 'zod';
import { absent } from '../absent';
import { authorOf } from '../author';
import { Does } from '../does';
import { RECORDS } from '../ports';
import { requirePlatform } from '../alarms/platform-only';

/** What is no number is the version of no form. */
const versionSchema = z.string().max(10);

/** Forms by version: each stays as it was published. */
@ApiTags('check-ups')
@Controller('api/v1/checkups/forms')
export class CheckupFormsController {
  constructor(@Inject(RECORDS) private readonly records: Records) {}

  @Get()
  @Needs('checkups.read')
  @Does('Forms with all their versions, newest first', { reply: checkupFormsReply })
  async list(): Promise<CheckupFormsShape> {
    const seen = new Set<string>();
    const items = (await this.records.regimes.forms()).map(({ form: { id, version, family, name } }) => {
      const newest = !seen.has(id);
      seen.add(id);
      return { id, version, family, name, newest };
    });
    return { items };
  }

  @Get(':id/:version')
  @Needs('checkups.read')
  @Does('One version of a form: it never changes', { reply: checkupFormSchema, errors: [404] })
  async get(
    @Param('id', { schema: idSchema }) id: string,
    @Param('version', { schema: versionSchema }) version: string,
  ): Promise<CheckupForm> {
    const found = /^[1-9]\d*$/.test(version) ? await this.records.regimes.form(id, Number(version)) : null;
    return found ?? absent('form', `${id}/${version}`);
  }

  @Post()
  @Needs('checkups.plan')
  @Does('Publish a form, or a new version of one', {
    reply: checkupFormSchema,
    status: 201,
    errors: [400, 403, 409],
  })
  async add(
    @Body({ schema: checkupFormSchema }) form: CheckupForm,
    @Caller() caller: Principal,
  ): Promise<CheckupForm> {
    requirePlatform(caller);
    return (await this.records.regimes.addForm(form, authorOf(caller))).form;
  }
}
