import { Body, Controller, Get, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Clock } from '@anmai/kernel';
import { Caller, IfMatch, Needs, type Principal } from '@anmai/nest';
import type { PolicyRecord, Records } from '@anmai/postgres';
import {
  dutiesReply,
  idSchema,
  pageOf,
  patrolQuery,
  patrolReply,
  patrolSchema,
  policyQuery,
  policyReply,
  policyRowReply,
  policySchema,
  type DutiesShape,
  type Page,
  type PatrolShape,
  type PolicyRowShape,
  type PolicyShape,
} from '@anmai/wire';
import { z } from 'zod';
import { absent } from '../absent';
import { authorOf } from '../author';
import { checkedId } from '../checked-id';
import { paged, pageReply } from '../cursor';
import { Does } from '../does';
import { newId } from '../new-id';
import { CLOCK, RECORDS, UTC_OFFSET } from '../ports';
import { dutiesShape, patrolShape, policyRowShape, policyShape } from './insurance-shape';

const patrolsReply = z.object({ items: z.array(patrolReply) });

/** Policies, what they insure, and what their insurers have to look at. */
@ApiTags('insurance')
@Controller('api/v1/insurance/policies')
export class PoliciesController {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(UTC_OFFSET) private readonly utcOffsetMs: number,
  ) {}

  @Get()
  @Needs('insurance.read')
  @Does('List policies; `expiring` from 60 days before the end', {
    reply: pageOf(policyRowReply),
    errors: [400],
  })
  async list(
    @Query({ schema: policyQuery }) query: z.infer<typeof policyQuery>,
    @Caller() caller: Principal,
  ): Promise<Page<PolicyRowShape>> {
    const page = await this.records.insurance.policies(paged('policies', query), caller.within);
    const now = this.clock.now();
    return pageReply('policies', page, row => policyRowShape(row, now));
  }

  @Get(':id')
  @Needs('insurance.read')
  @Does('One policy with its buildings', { reply: policyReply, errors: [404] })
  async get(
    @Param('id', { schema: idSchema }) id: string,
    @Caller() caller: Principal,
  ): Promise<PolicyShape> {
    return policyShape(await this.found(id, caller), this.clock.now());
  }

  @Post()
  @Needs('insurance.write')
  @Does('Enter a policy', { reply: policyReply, status: 201, errors: [400, 409, 422] })
  async create(
    @Body({ schema: policySchema }) body: z.infer<typeof policySchema>,
    @Caller() caller: Principal,
  ): Promise<PolicyShape> {
    const policy = { ...body, id: body.id ?? newId('policy') };
    return policyShape(await this.records.insurance.createPolicy(policy, authorOf(caller)), this.clock.now());
  }

  @Put(':id')
  @Needs('insurance.write')
  @Does('Change a policy', { reply: policyReply, errors: [400, 404, 412, 422] })
  async update(
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: policySchema }) body: z.infer<typeof policySchema>,
    @IfMatch() version: number | null,
    @Caller() caller: Principal,
  ): Promise<PolicyShape> {
    const policy = { ...body, id: checkedId(id, body.id) };
    const after = await this.records.insurance.updatePolicy(policy, version, authorOf(caller));
    return policyShape(after, this.clock.now());
  }

  @Get(':id/duties')
  @Needs('insurance.read')
  @Does('How the insurer fulfils its patrols; nothing on record is never fulfilled', {
    reply: dutiesReply,
    errors: [404],
  })
  async duties(
    @Param('id', { schema: idSchema }) id: string,
    @Caller() caller: Principal,
  ): Promise<DutiesShape> {
    const policy = await this.found(id, caller);
    const patrols = await this.records.insurance.patrols(id, null, caller.within);
    return dutiesShape(policy, patrols, { now: this.clock.now(), utcOffsetMs: this.utcOffsetMs });
  }

  @Get(':id/patrols')
  @Needs('insurance.read')
  @Does('Patrols made, newest first', { reply: patrolsReply, errors: [404] })
  async patrols(
    @Param('id', { schema: idSchema }) id: string,
    @Query({ schema: patrolQuery }) { buildingId }: z.infer<typeof patrolQuery>,
    @Caller() caller: Principal,
  ): Promise<{ items: PatrolShape[] }> {
    const items = await this.records.insurance.patrols(id, buildingId ?? null, caller.within);
    return { items: items.map(patrolShape) };
  }

  @Post(':id/patrols')
  @Needs('insurance.write')
  @Does('Enter a patrol that was made', { reply: patrolReply, status: 201, errors: [400, 404, 409, 422] })
  async addPatrol(
    @Param('id', { schema: idSchema }) policyId: string,
    @Body({ schema: patrolSchema }) body: z.infer<typeof patrolSchema>,
    @Caller() caller: Principal,
  ): Promise<PatrolShape> {
    const patrol = { ...body, id: body.id ?? newId('patrol'), policyId };
    return patrolShape(await this.records.insurance.addPatrol(patrol, authorOf(caller)));
  }

  private async found(id: string, caller: Principal): Promise<PolicyRecord> {
    return (await this.records.insurance.policy(id, caller.within)) ?? absent('policy', id);
  }
}
