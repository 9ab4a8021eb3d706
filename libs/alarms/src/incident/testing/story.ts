import type { Severity } from '@anmai/catalog';
import type { Millis } from '@anmai/kernel';
import { GOOD } from '@anmai/readings';
import type { AlarmChange } from '../../alarm';
import { Monitor } from '../../monitor';
import type { Rule } from '../../rule';
import { ruleOf } from '../../testing/timeline';
import { foldDisposal, type Disposal } from '../disposal';
import type { IncidentStep } from '../disposal-step';
import { IncidentEngine } from '../engine';
import type { IncidentChange } from '../incident-change';
import type { SensorFact } from '../release';
import { townOf, type Place } from './city';

const MINUTE = 60_000;

/** Rising limits, each clearing a tenth below. */
export const limitsOf = (
  id: string,
  quantity: string,
  ...limits: readonly (readonly [Severity, number])[]
): Rule =>
  ruleOf(
    {
      type: 'threshold',
      limits: limits.map(([severity, above]) => ({ severity, above, clearBelow: above * 0.9 })),
    },
    { id, appliesTo: { quantity } },
  );

/** '05:42' as a journal time. */
export function clock(text: string): Millis {
  const [hours, minutes] = text.split(':').map(Number);
  return (hours! * 60 + minutes!) * MINUTE;
}

/** A town under the real monitor, with incidents behind it: readings in, both tracks out. */
export class Story {
  readonly monitor = new Monitor();
  readonly engine: IncidentEngine;
  readonly alarms: AlarmChange[] = [];
  readonly told: IncidentChange[] = [];
  readonly steps: IncidentStep[] = [];
  private readonly runs = new Map<string, number>();

  constructor(places: readonly Place[], rules: readonly Rule[], startAt: Millis) {
    const town = townOf(places);
    this.monitor.registry(
      [
        ...[...town.assets.values()].map(
          value => ({ kind: 'asset', op: 'put', id: value.id, value }) as const,
        ),
        ...[...town.sensors.values()].map(
          value => ({ kind: 'sensor', op: 'put', id: value.id, value }) as const,
        ),
        ...rules.map(value => ({ kind: 'rule', op: 'put', id: value.id, value }) as const),
      ],
      startAt,
    );
    this.engine = new IncidentEngine(this.monitor.directory);
  }

  /** One reading of each sensor named; `normal` is what counts as back to normal in this story. */
  read(
    at: Millis,
    values: Readonly<Record<string, number>>,
    normal = (_value: number): boolean => false,
  ): void {
    for (const [sensorId, value] of Object.entries(values)) {
      const changes = this.monitor.readings([{ sensorId, at, value, quality: GOOD }], at);
      this.alarms.push(...changes);
      this.told.push(...this.engine.alarms(changes, at));
      this.runs.set(sensorId, normal(value) ? (this.runs.get(sensorId) ?? 0) + 1 : 0);
    }
  }

  get incidentIds(): string[] {
    return [...new Set(this.told.map(each => each.incidentId))];
  }

  disposal(): Disposal {
    const [id] = this.incidentIds;
    return foldDisposal(
      this.told.filter(each => each.incidentId === id),
      this.steps,
    );
  }

  facts(): SensorFact[] {
    return [...this.monitor.sensors.keys()].map(sensorId => {
      const open = [...this.engine.members.values()].filter(
        each => each.facts.sensorId === sensorId && each.endedAt === null,
      );
      const alarm = open.length === 0 ? null : open.every(each => each.blind) ? 'blind' : 'active';
      return { sensorId, alarm, normalRun: this.runs.get(sensorId) ?? 0, blind: false, outOfService: false };
    });
  }
}
