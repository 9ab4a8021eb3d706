import fc from 'fast-check';
import { DAY_0, FACTS, HEAD, step } from '../testing/hazard-samples';
import { foldHazard } from './fold';
import { HAZARD_GRAPH } from './graph';
import {
  controlsInForce,
  HAZARD_STAGES,
  type Hazard,
  type HazardStage,
  type HazardStep,
  type HazardStepKind,
} from './hazard';
import { mayTakeHazardStep, nextHazardSteps, type HazardFacts } from './may-step';

/** Takes steps one after the other; gives the hazard, or stops with the refusal. */
function run(steps: readonly HazardStep[], facts: Partial<HazardFacts> = {}): { hazard: Hazard; refused: string | null } {
  const taken: HazardStep[] = [];
  for (const each of steps) {
    const hazard = foldHazard(HEAD, taken);
    const answer = mayTakeHazardStep(hazard, each, { ...FACTS, now: each.at, ...facts });
    if (!answer.ok) return { hazard, refused: answer.error.code };
    taken.push(each);
  }
  return { hazard: foldHazard(HEAD, taken), refused: null };
} // prettier-ignore

const REGISTERED = [step('registered')];
const DISPATCHED = [...REGISTERED, step('controlled'), step('dispatched')];
const REPAIRED = [...DISPATCHED, step('repairStarted'), step('repaired')];
const ACCEPTED = [...REPAIRED, step('accepted', {}, DAY_0, 'enno')];
const CLOSED = [...ACCEPTED, step('controlLifted'), step('closed')];
const MINOR = [step('registered', { level: 'minor' }), step('dispatched')];

it('goes the whole way', () => {
  const { hazard, refused } = run(CLOSED);
  expect(refused).toBeNull();
  expect(hazard).toMatchObject({
    ...{ stage: 'closed', level: 'severe', closedAt: DAY_0, repairedBy: 'otto', reopenedCount: 0 },
    photosBefore: ['before-1'],
    photosAfter: ['after-1'],
  });
  expect(controlsInForce(hazard)).toEqual([]);
});

it('goes by way of an appraisal', () => {
  const { hazard } = run([...REGISTERED, step('appraisalCommissioned'), step('appraised')]);
  expect(hazard).toMatchObject({ stage: 'dispatched', appraisalId: 'apr-1' });
});

it.each<[string, readonly HazardStep[], string | null]>([
  ['closing what was only found', [step('closed')], 'close.notAccepted'],
  ['closing what was repaired but not accepted', [...REPAIRED, step('closed')], 'close.notAccepted'],
  ['closing while people are still kept away', [...ACCEPTED, step('closed')], 'close.controls'],
  ['accepting the own repair', [...REPAIRED, step('accepted')], 'accept.sameHands'],
  ['a repair without a photo', [...DISPATCHED, step('repairStarted'), step('repaired', { fileIds: [] })], 'repaired.photoMissing'],
  ['a repair that says nothing', [...DISPATCHED, step('repairStarted'), step('repaired', { note: ' ' })], 'step.noteMissing'],
  ['working on a severe one that people still use', [...REGISTERED, step('dispatched'), step('repairStarted')], 'repair.controlMissing'],
  ['working on a minor one that people use', [...MINOR, step('repairStarted')], null],
  ['letting people back before acceptance', [...REPAIRED, step('controlLifted')], 'control.tooEarly'],
  ['lifting one of two measures before', [...DISPATCHED, step('controlled', { measure: 'closeOff' }), step('controlLifted', { measure: 'closeOff' })], null],
  ['lifting what is not in force', [...REGISTERED, step('controlLifted')], 'control.notInForce'],
  ['the same measure twice', [...DISPATCHED, step('controlled')], 'control.twice'],
  ['control before it is registered', [step('controlled')], null],
  ['a due date that has passed', [...REGISTERED, step('dispatched', { dueAt: DAY_0 })], 'dispatch.due'],
  ['an appraisal that is not there', [...REGISTERED, step('appraisalCommissioned'), step('appraised', { appraisalId: 'apr-9' })], 'appraised.unknown'],
  ['skipping the dispatch', [...REGISTERED, step('repairStarted')], 'step.outOfOrder'],
  ['dismissing without a word', [step('dismissed', { note: '' })], 'step.noteMissing'],
  ['dismissing after the repair', [...REPAIRED, step('dismissed')], 'step.outOfOrder'],
  ['a step of another hazard', [{ ...step('registered'), hazardId: 'haz-2' }], 'step.other'],
  ['granting what nobody asked for', [...DISPATCHED, step('extensionGranted')], 'extension.none'],
  ['granting the own request', [...DISPATCHED, step('extensionAsked'), step('extensionGranted')], 'extension.sameHands'],
  ['an earlier date', [...DISPATCHED, step('extensionAsked', { dueAt: DAY_0 + 86_400_000 })], 'extension.earlier'],
  ['a third extension', [...DISPATCHED, ...[100, 200, 300].flatMap(days => [
    step('extensionAsked', { dueAt: DAY_0 + days * 86_400_000 }), step('extensionGranted', {}, DAY_0, 'enno')])], 'extension.tooMany'],
  ['anything but a look back or a reopening after the end', [...CLOSED, step('dispatched')], 'step.outOfOrder'],
])('%s', (_name, steps, expected) => {
  expect(run(steps).refused).toBe(expected);
}); // prettier-ignore

it('is not closed while its alarm is on', () => {
  expect(run(CLOSED, { alarmIsOn: true }).refused).toBe('close.alarm');
});

it.each<[string, readonly HazardStep[], Partial<Hazard>]>([
  ['sent back', [...ACCEPTED, step('sentBack')], { stage: 'repairing', acceptedAt: null, repairedBy: null }],
  ['looked back at, and it holds', [...CLOSED, step('lookedBack', {}, DAY_0 + 5)], { stage: 'closed', lookedBackAt: DAY_0 + 5, reopenedCount: 0 }],
  ['looked back at, and it came back', [...CLOSED, step('lookedBack', { finding: 'recurred' })], { stage: 'registered', reopenedCount: 1, closedAt: null, acceptedAt: null, orgId: null }],
  ['opened anew', [...CLOSED, step('reopened')], { stage: 'registered', reopenedCount: 1, level: 'severe' }],
  ['a dismissed one opened anew', [step('dismissed'), step('reopened')], { stage: 'registered' }],
  ['extended', [...DISPATCHED, step('extensionAsked'), step('extensionGranted', {}, DAY_0, 'enno')], { dueAt: DAY_0 + 90 * 86_400_000, extension: null, extensionsGranted: 1 }],
  ['not extended', [...DISPATCHED, step('extensionAsked'), step('extensionRefused')], { dueAt: null, extension: null, extensionsGranted: 0 }],
  ['rated anew', [...DISPATCHED, step('registered', { level: 'minor' })], { stage: 'dispatched', level: 'minor' }],
])('%s', (_name, steps, expected) => {
  const { hazard, refused } = run(steps);
  expect(refused).toBeNull();
  expect(hazard).toMatchObject(expected);
}); // prettier-ignore

describe('the graph', () => {
  it('leads on from every stage, and reaches each', () => {
    const levelReached = new Set<HazardStage>(['found']);
    const anything = (Object.keys(HAZARD_GRAPH) as HazardStage[]).flatMap(stage => HAZARD_GRAPH[stage]);
    for (const steps of [REGISTERED, [...REGISTERED, step('appraisalCommissioned')], DISPATCHED, [...DISPATCHED, step('repairStarted')], REPAIRED, ACCEPTED, CLOSED, [step('dismissed')]])
      levelReached.add(run(steps).hazard.stage);
    expect([...levelReached].sort()).toEqual([...HAZARD_STAGES].sort());
    for (const stage of HAZARD_STAGES) expect(HAZARD_GRAPH[stage].length).toBeGreaterThan(0);
    expect(anything.length).toBeGreaterThan(HAZARD_STAGES.length);
  }); // prettier-ignore

  it('offers a decision about an extension only once it was asked for', () => {
    expect(nextHazardSteps(run(DISPATCHED).hazard)).not.toContain('extensionGranted');
    const asked = run([...DISPATCHED, step('extensionAsked')]).hazard;
    expect(nextHazardSteps(asked)).toEqual(expect.arrayContaining(['extensionGranted', 'extensionRefused']));
    expect(nextHazardSteps(asked)).not.toContain('extensionAsked');
  });

  it('whatever is tried, a closed hazard was accepted by someone who did not repair it, with nobody kept away', () => {
    const kinds = [...new Set(Object.values(HAZARD_GRAPH).flat())] as HazardStepKind[];
    const tries = fc.array(fc.tuple(fc.constantFrom(...kinds), fc.constantFrom('otto', 'enno')), {
      maxLength: 60,
    });
    const prefix = fc.constantFrom<readonly HazardStep[]>([], DISPATCHED, REPAIRED, ACCEPTED);
    fc.assert(
      fc.property(prefix, tries, (start, list) => {
        const taken: HazardStep[] = [...start];
        for (const [kind, actor] of list) {
          const next = step(kind, {}, DAY_0, actor);
          if (mayTakeHazardStep(foldHazard(HEAD, taken), next, FACTS).ok) taken.push(next);
        }
        const end = taken.findLastIndex(each => each.kind === 'closed');
        if (end < 0) return;
        const before = foldHazard(HEAD, taken.slice(0, end));
        expect(before.stage).toBe('accepted');
        expect(controlsInForce(before)).toEqual([]);
        const accepted = taken.slice(0, end).findLast(each => each.kind === 'accepted')!;
        const repaired = taken.slice(0, end).findLast(each => each.kind === 'repaired')!;
        expect(accepted.actor).not.toBe(repaired.actor);
      }),
    );
  });
});
