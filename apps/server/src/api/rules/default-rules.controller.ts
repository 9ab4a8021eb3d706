import { Body, Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DEFAULT_RULES, defaultRules, partsOf, ruleOfDefault, type DefaultRule } from '@anmai/alarms';
import { Caller, Needs, type Principal } from '@anmai/nest';
import type { Records } from '@anmai/postgres';
import {
  defaultRulesReply,
  defaultsTakenReply,
  takeDefaultsSchema,
  type DefaultRuleShape,
  type DefaultRuleState,
  type DefaultsTakenShape,
  type RuleShape,
  type TakeDefaults,
} from '@anmai/wire';
import { authorOf } from '../author';
import { Does } from '../does';
import { RECORDS } from '../ports';
import { RegistryWrites } from '../registry/registry-writes';
import { requireWithin } from './rule-guard';
import { ruleShape } from './rule-shape';

/** Rules that an installation may take over. Nothing is in force because the program started: a person takes them. */
@ApiTags('rules')
@Controller('api/v1/rules/defaults')
export class DefaultRulesController {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    @Inject(RegistryWrites) private readonly writes: RegistryWrites,
  ) {}

  @Get()
  @Needs('rules.read')
  @Does('Rules with provisional limits that may be taken over, and which of them are there already', {
    reply: defaultRulesReply,
  })
  async list(): Promise<{ readonly items: readonly DefaultRuleShape[] }> {
    const items: DefaultRuleShape[] = [];
    for (const each of DEFAULT_RULES)
      items.push({ ...each, state: await this.stateOf(each.id), needs: partsOf(each) });
    return { items };
  }

  @Post()
  @HttpCode(200)
  @Needs('rules.write')
  @Does('Create those default rules that are not there; they are in force at once', {
    reply: defaultsTakenReply,
    errors: [400, 422],
    text: 'Without `ids` all of them. Asked again it changes nothing; what somebody edited or removed stays so.',
  })
  async take(
    @Body({ schema: takeDefaultsSchema }) { ids }: TakeDefaults,
    @Caller() caller: Principal,
  ): Promise<DefaultsTakenShape> {
    // They hold for the whole platform.
    await requireWithin({}, caller, this.records.orgs);
    const created: RuleShape[] = [];
    const present: string[] = [];
    const refused: { id: string; reason: string }[] = [];
    for (const each of defaultRules(ids)) {
      const state = await this.stateOf(each.id);
      const reason = refusalOf(each, state, new Set(refused.map(({ id }) => id)));
      if (state === 'inForce') present.push(each.id);
      else if (reason !== null) refused.push({ id: each.id, reason });
      else created.push(ruleShape(await this.records.rules.create(ruleOfDefault(each), authorOf(caller))));
    }
    if (created.length > 0) await this.writes.publish();
    return { created, present, refused };
  }

  private async stateOf(id: string): Promise<DefaultRuleState> {
    if ((await this.records.rules.get(id)) !== null) return 'inForce';
    return (await this.records.rules.versions(id)).length === 0 ? 'missing' : 'removed';
  }
}

/** A composite without one of the rules it asks about could be silent for ever: better not there than there and deaf. */
function refusalOf(each: DefaultRule, state: DefaultRuleState, without: ReadonlySet<string>): string | null {
  if (state === 'removed') return 'was removed; to have it again, create it under another id';
  const lacking = partsOf(each).filter(id => without.has(id));
  return lacking.length === 0 ? null : `needs ${lacking.join(', ')}`;
}
