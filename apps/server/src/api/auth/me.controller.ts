import { Body, Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Caller, Needs, type Principal } from '@anmai/nest';
import type { Records } from '@anmai/postgres';
import { meReply, passwordChangeSchema, type MeShape } from '@anmai/wire';
import type { z } from 'zod';
import { Does } from '../does';
import { RECORDS } from '../ports';
import { Login } from './login';
import { PasswordHasher } from './password-hasher';

@ApiTags('account')
@Controller('api/v1/me')
export class MeController {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    @Inject(Login) private readonly login: Login,
    @Inject(PasswordHasher) private readonly hasher: PasswordHasher,
  ) {}

  @Get()
  @Needs('self.use')
  @Does('Who am I', { reply: meReply })
  me(@Caller() { username, displayName, role, orgId }: Principal): MeShape {
    return { username, displayName, role, orgId };
  }

  @Post('password')
  @HttpCode(204)
  @Needs('self.use')
  @Does('Change the own password; ends all sessions', { errors: [400] })
  async changePassword(
    @Body({ schema: passwordChangeSchema }) body: z.infer<typeof passwordChangeSchema>,
    @Caller() caller: Principal,
  ): Promise<void> {
    await this.login.confirm(caller.username, body.currentPassword);
    const passwordHash = await this.hasher.hash(body.newPassword);
    const by = { actor: caller.username, within: null };
    await this.records.users.setPassword(caller.username, passwordHash, by);
  }
}
