import { Inject, Injectable } from '@nestjs/common';
import { isDeepStrictEqual } from 'node:util';
import type { Author, Records, WatchRow } from '@anmai/postgres';
import { RECORDS } from '../ports';
import { RegistryWrites } from '../registry/registry-writes';
import { ruleIdsOf, rulesOfPlan } from './rules-of-plan';

/** Keeps the rules of monitoring plans in step with them. Again, after a half-done write, it does what is left. */
@Injectable()
export class PlanRules {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    @Inject(RegistryWrites) private readonly writes: RegistryWrites,
  ) {}

  /** `before`: the plan as it was, whose rules may have to go. */
  async follow(plan: WatchRow, by: Author, before: WatchRow | null = null): Promise<void> {
    const wanted = new Map(rulesOfPlan(plan).map(rule => [rule.id, rule]));
    const ids = new Set([
      ...wanted.keys(),
      ...ruleIdsOf(plan),
      ...(before === null ? [] : ruleIdsOf(before)),
    ]);
    for (const id of ids) {
      const rule = wanted.get(id);
      const present = await this.records.rules.get(id);
      if (present === null) {
        if (rule !== undefined) await this.records.rules.create(rule, by);
        continue;
      }
      const { version: _version, ...kept } = present;
      // A rule keeps its id for good, so one that goes is switched off: it may come back.
      const next = rule ?? { ...kept, enabled: false };
      if (!isDeepStrictEqual(kept, next)) await this.records.rules.update(next, null, by);
    }
    await this.writes.publish();
  }
}
