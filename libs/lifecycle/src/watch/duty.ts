import { err, ok, type Millis, type Result } from '@anmai/kernel';
import type { DutyPerson } from './plan';

/** `told`: reached. `left`: confirmed that all they answer for are out. */
export const CALL_OUTCOMES = ['noAnswer', 'told', 'left'] as const;
export type CallOutcome = (typeof CALL_OUTCOMES)[number];

export interface DutyCall {
  readonly id: string;
  readonly personId: string;
  readonly at: Millis;
  readonly by: string;
  readonly outcome: CallOutcome;
  readonly note: string;
}

/** The duty list of one red alarm, as the list was when it came. */
export interface DutyRound {
  readonly id: string;
  readonly planId: string;
  readonly alarmId: string;
  readonly startedAt: Millis;
  readonly confirmBy: Millis;
  readonly people: readonly DutyPerson[];
  readonly calls: readonly DutyCall[];
  readonly stoodDownAt: Millis | null;
  readonly stoodDownBy: string | null;
  readonly stoodDownNote: string;
}

export interface DutyLine {
  readonly person: DutyPerson;
  /** `waiting`: nobody called yet. */
  readonly state: 'waiting' | CallOutcome;
  readonly calls: number;
  readonly at: Millis | null;
}

/** One line a person, in the order of the list. Who has left stays so, whatever a later call finds. */
export function dutyLines({ people, calls }: Pick<DutyRound, 'people' | 'calls'>): DutyLine[] {
  return people.map(person => {
    const own = calls.filter(call => call.personId === person.id);
    const decisive = own.find(call => call.outcome === 'left') ?? own.at(-1);
    return { person, state: decisive?.outcome ?? 'waiting', calls: own.length, at: decisive?.at ?? null };
  });
}

export interface DutyStanding {
  readonly confirmed: number;
  readonly all: number;
  readonly peopleOut: number;
  readonly peopleAll: number;
  readonly complete: boolean;
  readonly overdue: boolean;
}

/** An empty list is never complete: nobody was called is not "everyone is out". */
export function dutyStanding(round: DutyRound, now: Millis): DutyStanding {
  const lines = dutyLines(round);
  const out = lines.filter(line => line.state === 'left');
  const complete = lines.length > 0 && out.length === lines.length;
  return {
    confirmed: out.length,
    all: lines.length,
    peopleOut: out.reduce((sum, line) => sum + line.person.people, 0),
    peopleAll: lines.reduce((sum, line) => sum + line.person.people, 0),
    complete,
    overdue: !complete && round.stoodDownAt === null && now > round.confirmBy,
  };
}

export type DutyRefusalCode = 'call.unknown' | 'call.over' | 'stand.noteMissing' | 'stand.over';
export interface DutyRefusal {
  readonly code: DutyRefusalCode;
  readonly why: string;
  readonly instead: string;
}

export function mayCallDuty(round: DutyRound, personId: string): Result<true, DutyRefusal> {
  if (round.stoodDownAt !== null)
    return err({ code: 'call.over', why: 'This round is over.', instead: 'Nothing is to be done.' });
  return round.people.some(person => person.id === personId)
    ? ok(true)
    : err({
        code: 'call.unknown',
        why: `${personId} is not on the list of this round.`,
        instead: 'Call someone on the list; add others to the plan.',
      });
}

/** A round ends by a person. While not everyone is out it needs its ground. */
export function mayStandDownDuty(round: DutyRound, note: string): Result<true, DutyRefusal> {
  if (round.stoodDownAt !== null)
    return err({ code: 'stand.over', why: 'This round is over.', instead: 'Nothing is to be done.' });
  const { complete, confirmed, all } = dutyStanding(round, round.startedAt);
  return complete || note.trim() !== ''
    ? ok(true)
    : err({
        code: 'stand.noteMissing',
        why: `Only ${confirmed} of ${all} have confirmed that everyone is out.`,
        instead: 'Call the others, or say why it is safe to stand down.',
      });
}
