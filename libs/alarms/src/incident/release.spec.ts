import fc from 'fast-check';
import { foldDisposal, type Disposal } from './disposal';
import { INCIDENT_VERDICTS, type IncidentStep, type IncidentVerdict } from './disposal-step';
import type { IncidentChangeKind } from './incident-change';
import { mayStep } from './may-step';
import { notNormal, type SensorFact } from './release';
import { CLEARED, NORMAL, OPENED, review, step, TASK, told, warn } from './testing/steps';

describe('whatever anybody tries', () => {
  const verdict = fc.constantFrom(...(Object.keys(INCIDENT_VERDICTS) as IncidentVerdict[]));
  const fact = fc.record<SensorFact>({
    sensorId: fc.constantFrom('s1', 's2'),
    alarm: fc.constantFrom('active', 'blind', 'cleared', null),
    normalRun: fc.nat(8),
    blind: fc.boolean(),
    outOfService: fc.boolean(),
  });
  type Attempt = (at: number, n: number) => IncidentStep;
  const attempt = fc.oneof<fc.WeightedArbitrary<Attempt>[]>(
    {
      weight: 3,
      arbitrary: verdict.map(each => (at, n) => step('assessed', { verdict: each, note: 'x', seenN: n }, at)),
    },
    { weight: 1, arbitrary: fc.constant(at => ({ ...warn({ severity: 'red', audience: [] }), at })) },
    {
      weight: 1,
      arbitrary: fc.constant(at =>
        step('dispatched', { tasks: [{ ...TASK, id: `t${at}`, dueAt: at + 1 }] }, at),
      ),
    },
    {
      weight: 1,
      arbitrary: fc.nat(30).map(i => at => step('feedback', { taskId: `t${i}`, note: 'x', fileIds: [] }, at)),
    },
    { weight: 3, arbitrary: fc.constant(at => step('resolutionProposed', { note: 'done' }, at)) },
    {
      weight: 4,
      arbitrary: fc
        .constantFrom('li', 'wang', null)
        .map(actor => (at, n) => step('released', { note: 'over', seenN: n }, at, { actor })),
    },
    { weight: 1, arbitrary: fc.constant(at => ({ ...review('in-1'), at })) },
  );
  const change = fc.constantFrom<IncidentChangeKind[]>(
    ...(['joined', 'reopened', 'cleared', 'cleared', 'cleared', 'blinded', 'escalated', 'settled'] as const),
  );
  const event = fc.oneof({ weight: 3, arbitrary: attempt }, { weight: 1, arbitrary: change });

  it('nothing is released while an alarm is open or blind, a sensor is not normal, or no person said so', () => {
    let releases = 0;
    fc.assert(
      fc.property(
        fc.boolean(),
        fc.array(fc.tuple(event, fc.array(fact, { maxLength: 4 }), fc.boolean()), {
          minLength: 5,
          maxLength: 30,
        }),
        (isOver, events) => {
          const changes = isOver ? [...CLEARED] : [...OPENED];
          const steps: IncidentStep[] = [];
          let before: Disposal = foldDisposal(changes, steps);
          events.forEach(([next, facts, allNormal], at) => {
            if (typeof next === 'string') {
              changes.push(told(changes.length + 1, next, { noticedAt: at }));
              const after = foldDisposal(changes, steps);
              // Nothing but a person releases; an alarm that joins opens again.
              if (after.stage === 'released') expect(before.stage).toBe('released');
              if (next === 'joined') expect(['released', 'archived']).not.toContain(after.stage);
              before = after;
              return;
            }
            const taken = next(at, changes.length);
            const sensors = allNormal ? [NORMAL, { ...NORMAL, sensorId: 's2' }] : facts;
            const answer = mayStep(before, taken, { sensorIds: ['s1', 's2'], sensors, now: at });
            if (!answer.ok) return;
            steps.push(taken);
            const after = foldDisposal(changes, steps);
            if (after.stage === 'released' && before.stage !== 'released') {
              releases++;
              expect(taken.actor).not.toBeNull();
              expect(before.condition).toBe('cleared');
              expect(notNormal(['s1', 's2'], sensors, before.verdict, 5)).toEqual([]);
            }
            before = after;
          });
        },
      ),
      { numRuns: 2_000 },
    );
    // The rule is not kept by never releasing anything.

    expect(releases).toBeGreaterThan(20);
  });
});
