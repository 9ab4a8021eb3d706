import { Body, Controller, Get, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AppError } from '@anmai/kernel';
import { Caller, IfMatch, Needs, type Principal } from '@anmai/nest';
import type { Records, UserRecord } from '@anmai/postgres';
import {
  idSchema,
  pageOf,
  userPatchSchema,
  userQuery,
  userReply,
  userSchema,
  type Page,
  type UserShape,
} from '@anmai/wire';
import type { z } from 'zod';
import { PasswordHasher } from '../auth/password-hasher';
import { Principals } from '../auth/principals';
import { authorOf } from '../author';
import { pageReply, paged } from '../cursor';
import { Does } from '../does';
import { API_ERRORS } from '../errors';
import { absent } from '../absent';
import { RECORDS } from '../ports';
import { iso, isoOrNull } from '../iso';

@ApiTags('accounts')
@Controller('api/v1/users')
export class UsersController {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    @Inject(PasswordHasher) private readonly hasher: PasswordHasher,
    @Inject(Principals) private readonly principals: Principals,
  ) {}

  @Get()
  @Needs('users.manage')
  @Does('List accounts', { reply: pageOf(userReply), errors: [400] })
  async list(
    @Query({ schema: userQuery }) query: z.infer<typeof userQuery>,
    @Caller() caller: Principal,
  ): Promise<Page<UserShape>> {
    const page = await this.records.users.list(paged('users', query), caller.within);
    return pageReply('users', page, userShape);
  }

  @Get(':username')
  @Needs('users.manage')
  @Does('One account', { reply: userReply, errors: [404] })
  async get(
    @Param('username', { schema: idSchema }) username: string,
    @Caller() caller: Principal,
  ): Promise<UserShape> {
    const user = await this.records.users.get(username, caller.within);
    return userShape(user ?? absent('user', username));
  }

  @Post()
  @Needs('users.manage')
  @Does('Create an account', { reply: userReply, status: 201, errors: [400, 409, 422] })
  async create(
    @Body({ schema: userSchema }) { password, ...user }: z.infer<typeof userSchema>,
    @Caller() caller: Principal,
  ): Promise<UserShape> {
    const passwordHash = await this.hasher.hash(password);
    return userShape(await this.records.users.create({ ...user, passwordHash }, authorOf(caller)));
  }

  @Patch(':username')
  @Needs('users.manage')
  @Does('Change an account; a new password unlocks it and ends its sessions', {
    reply: userReply,
    errors: [400, 404, 409, 412, 422],
  })
  async change(
    @Param('username', { schema: idSchema }) username: string,
    @Body({ schema: userPatchSchema }) { password, ...rest }: z.infer<typeof userPatchSchema>,
    @IfMatch() version: number | null,
    @Caller() caller: Principal,
  ): Promise<UserShape> {
    const patch = withoutUndefined(rest);
    const losesRole = patch.disabled === true || (patch.role ?? 'admin') !== 'admin';
    if (username === caller.username && losesRole) throw new AppError(API_ERRORS.lastAdmin);
    const by = authorOf(caller);
    if (Object.keys(patch).length > 0 || version !== null) {
      await this.records.users.update(username, patch, version, by);
    }
    if (password !== undefined) {
      await this.records.users.setPassword(username, await this.hasher.hash(password), by);
    }
    this.principals.forget(username);
    return this.get(username, caller);
  }
}

const userShape = (user: UserRecord): UserShape => ({
  username: user.username,
  displayName: user.displayName,
  role: user.role,
  orgId: user.orgId,
  disabled: user.disabled,
  lockedUntil: isoOrNull(user.lockedUntil),
  createdAt: iso(user.createdAt),
  version: user.version,
});

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };
const withoutUndefined = <T extends object>(value: T): Partial<Defined<T>> =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as Partial<Defined<T>>;
