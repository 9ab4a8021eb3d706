import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AppError, type Clock } from '@anmai/kernel';
import { Caller, Needs, type Principal } from '@anmai/nest';
import { NOTIFY_ERRORS } from '@anmai/notify';
import type { Records } from '@anmai/postgres';
import {
  idSchema,
  messageReply,
  notifyOutboxQuery,
  notifyOutboxReply,
  notifyTestReply,
  notifyTestSchema,
  type MessageShape,
  type NotifyOutboxShape,
  type NotifyTestShape,
} from '@anmai/wire';
import type { z } from 'zod';
import { absent } from '../absent';
import { authorOf } from '../author';
import { pageReply, paged } from '../cursor';
import { Does } from '../does';
import { isoOrNull } from '../iso';
import { newId } from '../new-id';
import { CLOCK, NOTIFY, RECORDS, type NotifyDeps } from '../ports';
import { gapShape, messageShape } from './message-shape';
import { testMessage } from './test-message';

const GAPS_MAX = 50;
const TEST_MS_MAX = 30_000;

/** Messages on their way, those given up, and whether a channel works. */
@ApiTags('notifications')
@Controller('api/v1/notify')
export class NotifyOutboxController {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    @Inject(NOTIFY) private readonly notify: NotifyDeps,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('outbox')
  @Needs('notify.read')
  @Does('Messages, newest first; how many wait for each channel; what nobody was told of', {
    reply: notifyOutboxReply,
    errors: [400],
    text: '`state=dead` lists what was given up. `counts` are of the whole platform.',
  })
  async list(
    @Query({ schema: notifyOutboxQuery }) query: z.infer<typeof notifyOutboxQuery>,
    @Caller() caller: Principal,
  ): Promise<NotifyOutboxShape> {
    const { notifications, noticeFeed } = this.records;
    const page = await notifications.list(paged('notify', query), caller.within);
    const counts = await notifications.counts();
    const { items, nextCursor } = pageReply('notify', page, messageShape);
    return {
      items: [...items],
      nextCursor,
      counts: counts.map(count => ({
        ...count,
        oldestAt: isoOrNull(count.oldestAt),
        configured: this.notify.channels.has(count.channel),
      })),
      changesWaiting: await noticeFeed.waiting(),
      gaps: (await noticeFeed.gaps(GAPS_MAX, caller.within)).map(gapShape),
    };
  }

  @Post('outbox/:id/requeue')
  @HttpCode(200)
  @Needs('notify.requeue')
  @Does('Send again what was given up', { reply: messageReply, errors: [404, 409] })
  async requeue(
    @Param('id', { schema: idSchema }) id: string,
    @Caller() caller: Principal,
  ): Promise<MessageShape> {
    const entry = await this.records.notifications.requeueOne(id, authorOf(caller));
    this.notify.wake();
    return messageShape(entry);
  }

  @Post('test')
  @HttpCode(200)
  @Needs('notify.write')
  @Does('Send a test message now, and say whether it was taken', {
    reply: notifyTestReply,
    errors: [400, 404, 409],
  })
  async test(
    @Body({ schema: notifyTestSchema }) { channel: name, username }: z.infer<typeof notifyTestSchema>,
    @Caller() caller: Principal,
  ): Promise<NotifyTestShape> {
    const person =
      (await this.records.notifyPeople.contact(username, caller.within)) ?? absent('user', username);
    const contact = person.contacts.find(each => each.channel === name);
    if (contact === undefined) return absent(`contact of ${username} by`, name);
    const channel = this.notify.channels.get(name);
    if (channel === undefined) throw new AppError(NOTIFY_ERRORS.noChannel, { channel: name });
    const message = testMessage(person, contact.address, newId('test'), this.clock.now(), this.notify.style);
    const result = await channel.send(message, AbortSignal.timeout(TEST_MS_MAX));
    const reason = result.ok ? null : result.reason;
    await this.records.audit.append({
      actor: caller.username,
      action: 'notify.tested',
      subject: `user/${username}`,
      detail: { channel: name, sent: result.ok, reason },
    });
    return { sent: result.ok, reason };
  }
}
