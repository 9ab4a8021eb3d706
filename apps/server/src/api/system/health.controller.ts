import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Open } from '@anmai/nest';
import type { FastifyReply } from 'fastify';
import { Does } from '../does';
import { READINESS, type Readiness } from '../ports';

/** A part that does not say how it is within this time is down. */
const READY_WAIT_MS = 3_000;

@ApiTags('platform')
@Controller('health')
export class HealthController {
  constructor(@Inject(READINESS) private readonly readiness: () => Readiness | Promise<Readiness>) {}

  @Get('live')
  @Open('asked by whatever restarts the program')
  @Does('The program runs', { status: 200 })
  live(): { status: 'up' } {
    return { status: 'up' };
  }

  @Get('ready')
  @Open('asked by whatever sends traffic here; it names parts and nothing of their content')
  @Does('200 when every part works, else 503 with the state of each', { status: 200, errors: [503] })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<Readiness> {
    const { ready, parts } = await this.bounded();
    void reply.status(ready ? 200 : 503);
    return { ready, parts };
  }

  private async bounded(): Promise<Readiness> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<Readiness>(resolve => {
      timer = setTimeout(() => resolve({ ready: false, parts: { program: 'no answer' } }), READY_WAIT_MS);
    });
    try {
      return await Promise.race([this.readiness(), late]);
    } catch {
      return { ready: false, parts: { program: 'down' } };
    } finally {
      clearTimeout(timer);
    }
  }
}
