import { createHash, randomBytes } from 'node:crypto';
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Caller, Needs, SecretReply, type Principal } from '@anmai/nest';
import type { Records } from '@anmai/postgres';
import {
  credentialReply,
  idSchema,
  newCredentialReply,
  newCredentialSchema,
  pageOf,
  type CredentialShape,
  type NewCredentialShape,
  type Page,
} from '@anmai/wire';
import { z } from 'zod';
import { absent } from '../absent';
import { authorOf } from '../author';
import { Does } from '../does';
import { iso, isoOrNull } from '../iso';
import { RECORDS } from '../ports';
import { RegistryWrites } from './registry-writes';

/** 160 bits: nothing to guess, so the records keep a plain SHA-256 that the broker checks in microseconds. */
const SECRET_BYTES = 20;
const SUFFIX_BYTES = 3;
const usernameSchema = z.string().min(1).max(100);

@ApiTags('registry')
@Controller('api/v1/devices/:id/credentials')
export class CredentialsController {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    @Inject(RegistryWrites) private readonly writes: RegistryWrites,
  ) {}

  @Get()
  @Needs('credentials.manage')
  @Does('User names of a device; passwords are never shown again', {
    reply: pageOf(credentialReply),
    errors: [404],
  })
  async list(
    @Param('id', { schema: idSchema }) id: string,
    @Caller() caller: Principal,
  ): Promise<Page<CredentialShape>> {
    await this.visibleDevice(id, caller);
    const credentials = await this.records.credentials.ofDevice(id, caller.within);
    const items = credentials.map(c => ({
      username: c.username,
      createdAt: iso(c.createdAt),
      revokedAt: isoOrNull(c.revokedAt),
    }));
    return { items, nextCursor: null };
  }

  @Post()
  @Needs('credentials.manage')
  @SecretReply()
  @Does('Give a device a user name and password for MQTT; the password is shown this once', {
    reply: newCredentialReply,
    status: 201,
    errors: [400, 404, 409],
    text: 'With `accessToken`: a device that sends it as user name, without a password, can log in unchanged.',
  })
  async create(
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: newCredentialSchema }) { accessToken }: z.infer<typeof newCredentialSchema>,
    @Caller() caller: Principal,
  ): Promise<NewCredentialShape> {
    await this.visibleDevice(id, caller);
    const username = accessToken ?? `${id}.${randomBytes(SUFFIX_BYTES).toString('hex')}`;
    // Such a device keeps its secret in the user name and sends no password.
    const password = accessToken === undefined ? randomBytes(SECRET_BYTES).toString('base64url') : '';
    const secretHash = createHash('sha256').update(password).digest('hex');
    const credential = { username, secretHash, deviceId: id };
    await this.writes.published(this.records.credentials.create(credential, authorOf(caller)));
    return { username, password };
  }

  @Delete(':username')
  @HttpCode(204)
  @Needs('credentials.manage')
  @Does('Take a user name away from a device', { errors: [404] })
  async revoke(
    @Param('id', { schema: idSchema }) id: string,
    @Param('username', { schema: usernameSchema }) username: string,
    @Caller() caller: Principal,
  ): Promise<void> {
    await this.visibleDevice(id, caller);
    const credentials = await this.records.credentials.ofDevice(id, caller.within);
    if (!credentials.some(c => c.username === username)) absent('credential', username);
    await this.writes.published(this.records.credentials.revoke(username, authorOf(caller)));
  }

  private async visibleDevice(id: string, caller: Principal): Promise<void> {
    if ((await this.records.devices.get(id, caller.within)) === null) absent('device', id);
  }
}
