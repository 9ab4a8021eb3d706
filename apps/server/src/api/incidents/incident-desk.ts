import { mayStep, reviewOf, type AlarmChange, type IncidentReview, type StepRefusal } from '@anmai/alarms';
import type { Clock } from '@anmai/kernel';
import { RefusalError, type Principal } from '@anmai/nest';
import type { AlarmRow, IncidentFile, IncidentRow, Records } from '@anmai/postgres';
import type { StepBody } from '@anmai/wire';
import { absent } from '../absent';
import { requireFiles } from '../files/require-files';
import { newId } from '../new-id';
import type { LiveFeed, LiveState } from '../ports';
import { INCIDENT_ERRORS } from './errors';
import { incidentShape } from './incident-shape';
import { orgsOf, stepOf } from './incident-step';

/** Alarms of one incident that come with it; the rest by GET /alarms?incident=. */
export const ALARMS_WITH_IT_MAX = 200;

/** Takes steps of people: asks the records for the incident, the monitor for its sensors, and the rules for leave. */
export class IncidentDesk {
  constructor(
    private readonly records: Records,
    private readonly state: LiveState,
    private readonly live: LiveFeed,
    private readonly clock: Clock,
  ) {}

  async file(id: string, caller: Principal): Promise<IncidentFile> {
    return (await this.records.incidents.file(id, caller.within)) ?? absent('incident', id);
  }

  async alarms(id: string, caller: Principal): Promise<{ items: readonly AlarmRow[]; cut: boolean }> {
    const query = { state: 'all', incidentId: id, limit: ALARMS_WITH_IT_MAX } as const;
    const page = await this.records.alarms.list(query, caller.within);
    return { items: page.items, cut: page.nextCursor !== null };
  }

  review({ changes, steps }: IncidentFile, alarms: readonly AlarmRow[]): IncidentReview {
    return reviewOf(changes, steps, alarms.map(newestRise));
  }

  async take(id: string, body: StepBody, caller: Principal): Promise<IncidentRow> {
    const file = await this.file(id, caller);
    for (const orgId of orgsOf(body)) {
      if ((await this.records.orgs.get(orgId, caller.within)) === null) absent('organisation', orgId);
    }
    await requireFiles(this.records, body.kind === 'feedback' ? body.fileIds : [], caller);
    const alarms = body.kind === 'archive' ? (await this.alarms(id, caller)).items : [];
    const base = { id: newId('step'), incidentId: id, actor: caller.username, at: this.clock.now() };
    const step = stepOf(base, body, this.review(file, alarms));
    const taken = await this.records.incidents.take(
      step,
      (disposal, sensorIds, outOfService) => {
        const facts = sensorIds.flatMap(sensorId => this.state.sensorFact(sensorId) ?? []);
        const sensors = facts.map(fact => ({ ...fact, outOfService: outOfService.has(fact.sensorId) }));
        return mayStep(disposal, step, { sensorIds, sensors, now: step.at });
      },
      caller.within,
    );
    if (!taken.ok) throw refused(taken.error);
    this.publish(taken.value);
    return taken.value;
  }

  private publish(row: IncidentRow): void {
    const data = incidentShape(row, this.clock.now());
    this.live.publish({ name: 'incident', orgIds: row.orgIds, data });
  }
}

const refused = (refusal: StepRefusal): RefusalError =>
  new RefusalError(INCIDENT_ERRORS.stepRefused, { why: refusal.why }, refusal);

/** As far as a review looks: what the alarm had when it was at its worst. */
const newestRise = (alarm: AlarmRow): AlarmChange => ({
  id: `${alarm.id}/${alarm.lastN}`,
  alarmId: alarm.id,
  n: alarm.lastN,
  kind: 'raised',
  at: alarm.raisedAt,
  noticedAt: alarm.raisedAt,
  ruleId: alarm.ruleId,
  ruleVersion: alarm.ruleVersion,
  sensorId: alarm.sensorId,
  assetId: alarm.assetId,
  onsetAt: alarm.onsetAt,
  severity: alarm.severity,
  reason: '',
  evidence: alarm.evidence,
});
