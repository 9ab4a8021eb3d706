import { Body, Controller, HttpCode, Inject, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Open } from '@anmai/nest';
import { loginSchema, refreshSchema, tokenReply, type TokenReply } from '@anmai/wire';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Does } from '../does';
import { Login } from './login';
import { Sessions } from './sessions';

@ApiTags('account')
@Controller('api/v1/auth')
export class AuthController {
  constructor(
    @Inject(Login) private readonly login: Login,
    @Inject(Sessions) private readonly sessions: Sessions,
  ) {}

  @Post('login')
  @HttpCode(200)
  @Open('it is how one gets a token')
  @Does('Log in', { reply: tokenReply, errors: [400, 401, 429] })
  async logIn(
    @Body({ schema: loginSchema }) body: z.infer<typeof loginSchema>,
    @Req() request: FastifyRequest,
  ): Promise<TokenReply> {
    await this.login.check(body.username, body.password, request.ip);
    return this.sessions.start(body.username);
  }

  @Post('refresh')
  @HttpCode(200)
  @Open('the refresh token is the proof')
  @Does('Exchange a refresh token for new tokens; it works once', { reply: tokenReply, errors: [400, 401] })
  refresh(@Body({ schema: refreshSchema }) body: z.infer<typeof refreshSchema>): Promise<TokenReply> {
    return this.sessions.exchange(body.refreshToken);
  }

  @Post('logout')
  @HttpCode(204)
  @Open('the refresh token is the proof')
  @Does('End the session of a refresh token', { errors: [400] })
  logOut(@Body({ schema: refreshSchema }) body: z.infer<typeof refreshSchema>): Promise<void> {
    return this.sessions.end(body.refreshToken);
  }
}
