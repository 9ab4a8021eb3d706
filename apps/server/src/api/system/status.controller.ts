import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Needs } from '@anmai/nest';
import { healthReply, type HealthShape } from '@anmai/wire';
import { Does } from '../does';
import { STATUS } from '../ports';

@ApiTags('platform')
@Controller('api/v1/status')
export class StatusController {
  constructor(@Inject(STATUS) private readonly now: () => HealthShape) {}

  @Get()
  @Needs('status.read')
  @Does('Can I trust the picture?', { reply: healthReply })
  status(): HealthShape {
    return this.now();
  }
}
