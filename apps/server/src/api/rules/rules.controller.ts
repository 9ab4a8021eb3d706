import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  Patch,
  Post,
  Put,
  Query,
} from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Rule } from '@anmai/alarms';
import { Caller, IfMatch, Needs, type Principal } from '@anmai/nest';
import type { Records } from '@anmai/postgres';
import {
  backtestReply,
  backtestSchema,
  idSchema,
  pageOf,
  ruleQuery,
  ruleReply,
  ruleSchema,
  ruleVersionsReply,
  type BacktestBody,
  type BacktestReply,
  type Page,
  type RuleShape,
  type RuleVersionShape,
} from '@anmai/wire';
import { z } from 'zod';
import { absent } from '../absent';
import { authorOf } from '../author';
import { checkedId } from '../checked-id';
import { pageReply, paged } from '../cursor';
import { Does } from '../does';
import { iso } from '../iso';
import { newId } from '../new-id';
import { LIVE_STATE, RECORDS, type LiveState } from '../ports';
import { patched, patchSchema } from '../registry/patched';
import { RegistryWrites } from '../registry/registry-writes';
import { Backtest } from './backtest';
import { requireWithin } from './rule-guard';

type RuleBody = z.infer<typeof ruleSchema>;
const oneVersion = z.strictObject({ version: z.coerce.number().int().min(1).optional() });

@ApiTags('rules')
@Controller('api/v1/rules')
export class RulesController {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    @Inject(RegistryWrites) private readonly writes: RegistryWrites,
    @Inject(LIVE_STATE) private readonly now: LiveState,
    @Inject(Backtest) private readonly backtests: Backtest,
  ) {}

  @Get()
  @Needs('rules.read')
  @Does('List rules', { reply: pageOf(ruleReply), errors: [400] })
  async list(@Query({ schema: ruleQuery }) query: z.infer<typeof ruleQuery>): Promise<Page<RuleShape>> {
    const page = await this.records.rules.list(paged('rules', query));
    return pageReply('rules', page, rule => this.withCoverage(rule));
  }

  @Post('backtest')
  @HttpCode(200)
  @Needs('rules.test')
  @Does('Try a draft of a rule on what is stored, against the rule of that id in force', {
    reply: backtestReply,
    errors: [400, 404, 422, 503],
  })
  backtest(
    @Body({ schema: backtestSchema }) body: BacktestBody,
    @Caller() caller: Principal,
  ): Promise<BacktestReply> {
    return this.backtests.run(body, caller);
  }

  @Get(':id')
  @Needs('rules.read')
  @Does('One rule, in its newest version unless one is named', { reply: ruleReply, errors: [404] })
  async get(
    @Param('id', { schema: idSchema }) id: string,
    @Query({ schema: oneVersion }) { version }: z.infer<typeof oneVersion>,
  ): Promise<RuleShape> {
    return this.withCoverage((await this.records.rules.get(id, version)) ?? absent('rule', id));
  }

  @Get(':id/versions')
  @Needs('rules.read')
  @Does('All versions of a rule, newest first', { reply: ruleVersionsReply, errors: [404] })
  async versions(@Param('id', { schema: idSchema }) id: string): Promise<Page<RuleVersionShape>> {
    const versions = await this.records.rules.versions(id);
    if (versions.length === 0) absent('rule', id);
    const items = versions.map(v => ({ ...ruleShape(v), at: iso(v.at), actor: v.actor }));
    return { items, nextCursor: null };
  }

  @Post()
  @Needs('rules.write')
  @Does('Create a rule; it is in force at once', { reply: ruleReply, status: 201, errors: [400, 409, 422] })
  async create(
    @Body({ schema: ruleSchema }) body: RuleBody,
    @Caller() caller: Principal,
  ): Promise<RuleShape> {
    const rule = { ...body, id: body.id ?? newId('rule') };
    await requireWithin(rule.appliesTo, caller, this.records.orgs);
    return ruleShape(await this.writes.published(this.records.rules.create(rule, authorOf(caller))));
  }

  @Put(':id')
  @Needs('rules.write')
  @Does('Make a new version of a rule', { reply: ruleReply, errors: [400, 404, 412, 422] })
  replace(
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: ruleSchema }) body: RuleBody,
    @IfMatch() version: number | null,
    @Caller() caller: Principal,
  ): Promise<RuleShape> {
    return this.write(id, version, caller, () => body);
  }

  @Patch(':id')
  @Needs('rules.write')
  @Does('Make a new version of a rule with some fields changed', {
    reply: ruleReply,
    errors: [400, 404, 412, 422],
  })
  change(
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: patchSchema }) patch: z.infer<typeof patchSchema>,
    @IfMatch() version: number | null,
    @Caller() caller: Principal,
  ): Promise<RuleShape> {
    return this.write(id, version, caller, present => {
      const { version: _, ...fields } = ruleShape(present);
      return patched(ruleSchema, fields, patch);
    });
  }

  @Delete(':id')
  @HttpCode(204)
  @Needs('rules.write')
  @Does('Take a rule out of force; its versions stay readable', { errors: [404, 412] })
  async remove(
    @Param('id', { schema: idSchema }) id: string,
    @IfMatch() version: number | null,
    @Caller() caller: Principal,
  ): Promise<void> {
    const present = (await this.records.rules.get(id)) ?? absent('rule', id);
    await requireWithin(present.appliesTo, caller, this.records.orgs);
    await this.writes.published(this.records.rules.remove(id, version, authorOf(caller)));
  }

  private withCoverage(rule: Rule): RuleShape {
    return { ...ruleShape(rule), coverage: this.now.ruleCoverage(rule.id) ?? undefined };
  }

  /** Both the rule that is and the one that will be must be the caller's to write. */
  private async write(
    id: string,
    version: number | null,
    caller: Principal,
    change: (present: Rule) => RuleBody,
  ): Promise<RuleShape> {
    const present = (await this.records.rules.get(id)) ?? absent('rule', id);
    await requireWithin(present.appliesTo, caller, this.records.orgs);
    const body = change(present);
    await requireWithin(body.appliesTo, caller, this.records.orgs);
    const rule = { ...body, id: checkedId(id, body.id) };
    const written = this.records.rules.update(rule, version, authorOf(caller));
    return ruleShape(await this.writes.published(written));
  }
}

const ruleShape = (rule: Rule): RuleShape => ({
  id: rule.id,
  version: rule.version,
  name: rule.name,
  enabled: rule.enabled,
  appliesTo: rule.appliesTo,
  condition: rule.condition,
  source: rule.source,
  ...(rule.latched === undefined ? {} : { latched: rule.latched }),
});
