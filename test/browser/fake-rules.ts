import type { BacktestReply, ExplainReply, RuleShape, RuleVersionShape } from '@anmai/wire';
import { FAKE_RULES } from './fake-city';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const iso = (at: number): string => new Date(at).toISOString();
const SOURCE = { kind: 'assumption', why: '按经验暂定', reviewBy: '2027-05-31' } as const;

/** One rule of each other type, so that the page shows all of them. */
const MORE: readonly Pick<RuleShape, 'id' | 'name' | 'condition' | 'appliesTo'>[] = [
  { id: 'tilt-trend', name: '房屋倾斜持续发展', appliesTo: { quantity: 'building.tilt', grade: 'D' }, condition: { type: 'trend', per: 'month', limits: [{ severity: 'yellow', above: 0.5 }, { severity: 'red', above: 2 }] } },
  { id: 'settle-step', name: '沉降突变', appliesTo: { quantity: 'building.settlement' }, condition: { type: 'changepoint', limits: [{ severity: 'orange', above: 6 }] } },
  { id: 'pressure-drop', name: '压力骤降', appliesTo: { quantity: 'water.pressure', orgId: 'water-co' }, condition: { type: 'rate', per: 'hour', window: { minutes: 15 }, unit: 'MPa', limits: [{ severity: 'orange', below: -0.2 }], raiseAfter: { samples: 2, of: 3 } } },
  { id: 'level-forecast', name: '液位将到井口', appliesTo: { quantity: 'drainage.level' }, condition: { type: 'forecast', per: 'minute', target: { above: 3 }, limits: [{ severity: 'red', below: 30 }] } },
  { id: 'flow-usual', name: '流量偏离常态', appliesTo: { quantity: 'water.flow' }, condition: { type: 'baseline', direction: 'up', limits: [{ severity: 'yellow', above: 7 }] } },
  { id: 'night', name: '夜间最小流量升高', appliesTo: { sensorIds: ['dma-0001.flow', 'dma-0002.flow'] }, condition: { type: 'nightFlow', limits: [{ severity: 'yellow', above: 4 }] } },
  { id: 'together', name: '相邻两井同时有气', appliesTo: {}, condition: { type: 'composite', of: [{ ruleId: 'gas-adjacent', minSeverity: 'orange' }], need: { atLeast: 2 }, related: 'neighbours', withinSeconds: 900, severity: 'red' } },
]; // prettier-ignore

/** Rules of the fake platform, which can be edited. */
export class FakeRules {
  private readonly versions = new Map<string, RuleVersionShape[]>();

  constructor(private readonly now: number) {
    const more = MORE.map(rule => ({ ...rule, version: 1, enabled: true, source: SOURCE }));
    for (const rule of [...FAKE_RULES, ...more]) {
      this.versions.set(
        rule.id,
        Array.from({ length: rule.version }, (_, i) => ({
          ...rule,
          version: rule.version - i,
          at: iso(now - (i + 1) * 40 * 24 * HOUR_MS),
          actor: i === 0 ? 'enno' : '王工(结构)',
        })),
      );
    }
  }

  list(): RuleShape[] {
    return [...this.versions.keys()].map(id => this.get(id)).filter(rule => rule !== null);
  }

  get(id: string): RuleShape | null {
    const newest = this.versions.get(id)?.[0];
    if (newest === undefined) return null;
    const { at: _, actor: __, ...rule } = newest;
    return { ...rule, coverage: coverageOf(id) };
  }

  of(id: string): readonly RuleVersionShape[] {
    return this.versions.get(id) ?? [];
  }

  edit(id: string, fields: Partial<RuleShape>): RuleShape | null {
    const [newest, ...older] = this.versions.get(id) ?? [];
    if (newest === undefined) return null;
    const next = { ...newest, ...fields, id, version: newest.version + 1, at: iso(Date.now()), actor: 'li' };
    this.versions.set(id, [next, newest, ...older]);
    return this.get(id);
  }

  add(rule: RuleShape): RuleShape {
    this.versions.set(rule.id, [{ ...rule, version: 1, at: iso(Date.now()), actor: 'li' }]);
    return this.get(rule.id)!;
  }

  remove(id: string): boolean {
    return this.versions.delete(id);
  }

  /** A believable answer: the draft raises once more than the rule in force, and one alarm is gone. */
  backtest(from: number, to: number, sensorId: string): BacktestReply {
    const spell = (share: number, hours: number | null, severity: 'yellow' | 'orange') => {
      const at = from + share * (to - from);
      return { sensorId, onsetAt: iso(at), raisedAt: iso(at), clearedAt: hours === null ? null : iso(at + hours * HOUR_MS), severity };
    }; // prettier-ignore
    const same = [spell(0.1, 9, 'yellow'), spell(0.55, 20, 'orange')];
    const came = [spell(0.3, 12, 'yellow'), spell(0.93, null, 'yellow')];
    const changed = [{ before: spell(0.7, 5, 'orange'), after: spell(0.69, 8, 'yellow') }];
    const alarms = [...same, ...came, ...changed.map(pair => pair.after)];
    return {
      sensors: 18,
      readings: 77_760,
      truncated: false,
      faults: [],
      alarms,
      perDay: [],
      against: { ruleVersion: 2, came, gone: [spell(0.2, 1, 'yellow')], changed, same: 2 },
    };
  }

  /** The rule run again over a rise of an hour, of which the last quarter was above. */
  explain(ruleId: string, raisedAt: number, limit: number): ExplainReply {
    const rule = this.get(ruleId) ?? this.list()[0]!;
    const rows = Array.from({ length: 90 }, (_, i) => {
      const at = raisedAt - (75 - i) * MINUTE_MS;
      const value = limit * (0.4 + 0.6 * Math.min(1.1, (i / 72) ** 3));
      const met = value >= limit;
      const on = met && at >= raisedAt;
      return {
        at: iso(at), isReading: true, value, quality: i % 31 === 20 ? (3 as const) : (1 as const), derived: value, isLearning: false, blind: false,
        limits: [{ met, pendingSince: met && !on ? iso(raisedAt - 3 * MINUTE_MS) : null, on }],
      };
    }); // prettier-ignore
    const shape = {
      severity: 'red',
      above: limit,
      clearBelow: limit * 0.9,
      below: null,
      clearAbove: null,
    } as const;
    return {
      rule,
      trace: { unit: '%LEL', limits: [shape], rows, decimated: false, readings: 90, raisedAt: iso(raisedAt) },
      reason: null,
      leadInSeconds: 75 * 60,
      truncated: false,
    };
  }
}

function coverageOf(id: string): NonNullable<RuleShape['coverage']> {
  const none = { learning: 0, blind: 0, faultCount: 0, faults: [] };
  if (id === 'pressure-drop') {
    const faults = ['dma-0001.p', 'dma-0003.p'].map(sensorId => ({
      sensorId,
      reason: 'unit MPa does not convert to mH2O',
    }));
    return { sensors: 3, learning: 0, blind: 0, faultCount: 24, faults };
  }
  if (id === 'flow-usual') return { ...none, sensors: 5, learning: 2 };
  return { ...none, sensors: id === 'no-data' ? 131 : 18 };
}
