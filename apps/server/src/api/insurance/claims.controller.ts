import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Caller, Needs, type Principal } from '@anmai/nest';
import type { Records } from '@anmai/postgres';
import {
  claimQuery,
  claimReply,
  claimSchema,
  claimStepSchema,
  evidenceSchema,
  idSchema,
  pageOf,
  type ClaimShape,
  type Page,
} from '@anmai/wire';
import type { z } from 'zod';
import { absent } from '../absent';
import { authorOf } from '../author';
import { paged, pageReply } from '../cursor';
import { Does } from '../does';
import { newId } from '../new-id';
import { RECORDS } from '../ports';
import { claimShape } from './insurance-shape';

/** Claims on policies, with what shows that it happened. */
@ApiTags('insurance')
@Controller('api/v1/insurance/claims')
export class ClaimsController {
  constructor(@Inject(RECORDS) private readonly records: Records) {}

  @Get()
  @Needs('insurance.read')
  @Does('List claims, newest first', { reply: pageOf(claimReply), errors: [400] })
  async list(
    @Query({ schema: claimQuery }) query: z.infer<typeof claimQuery>,
    @Caller() caller: Principal,
  ): Promise<Page<ClaimShape>> {
    const page = await this.records.insurance.claims(paged('claims', query), caller.within);
    return pageReply('claims', page, claimShape);
  }

  @Get(':id')
  @Needs('insurance.read')
  @Does('One claim', { reply: claimReply, errors: [404] })
  async get(@Param('id', { schema: idSchema }) id: string, @Caller() caller: Principal): Promise<ClaimShape> {
    return claimShape((await this.records.insurance.claim(id, caller.within)) ?? absent('claim', id));
  }

  @Post()
  @Needs('insurance.write')
  @Does('Report a claim', {
    reply: claimReply,
    status: 201,
    errors: [400, 404, 409, 422],
    text: 'A claim for grade C or D needs the appraisal report among its evidence: no alarm sets a grade (INS-004).',
  })
  async report(
    @Body({ schema: claimSchema }) body: z.infer<typeof claimSchema>,
    @Caller() caller: Principal,
  ): Promise<ClaimShape> {
    const claim = { ...body, id: body.id ?? newId('claim') };
    return claimShape(await this.records.insurance.report(claim, authorOf(caller)));
  }

  @Post(':id/evidence')
  @HttpCode(200)
  @Needs('insurance.write')
  @Does('Add a check-up, an alarm, an appraisal, a hazard or a file to a claim', {
    reply: claimReply,
    errors: [400, 404],
  })
  async evidence(
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: evidenceSchema }) body: z.infer<typeof evidenceSchema>,
    @Caller() caller: Principal,
  ): Promise<ClaimShape> {
    return claimShape(await this.records.insurance.addEvidence(id, body, authorOf(caller)));
  }

  @Post(':id/steps')
  @HttpCode(200)
  @Needs('insurance.write')
  @Does('Take a claim a step on: surveyed, accepted, paid, rejected, withdrawn', {
    reply: claimReply,
    errors: [400, 404, 409, 422],
  })
  async step(
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: claimStepSchema }) body: z.infer<typeof claimStepSchema>,
    @Caller() caller: Principal,
  ): Promise<ClaimShape> {
    return claimShape(await this.records.insurance.step(id, body, authorOf(caller)));
  }
}
