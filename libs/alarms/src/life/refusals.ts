import { SYSTEM, type Life } from './life';
import type { LifeSettings } from './settings';
import { VERDICTS } from './shapes';
import type { OperatorAction } from '../alarm';

/** An action that somebody wants to take; it gets its id when it is taken. */
export type Proposal = Omit<OperatorAction, 'id' | 'alarmId'>;

export type RefusalCode =
  | 'personRequired'
  | 'alreadyAcknowledged'
  | 'riseNotSeen'
  | 'reasonMissing'
  | 'untilMissing'
  | 'untilPassed'
  | 'shelvedTooLong'
  | 'shelvingForbidden'
  | 'notShelved'
  | 'verdictMissing'
  | 'noteMissing'
  | 'notLatched'
  | 'stillOn'
  | 'acknowledgeFirst'
  | 'returnNotSeen'
  | 'alreadyClosed'
  | 'resetFirst'
  | 'notOver';

/** What a close still waits for, by invariant 8 of design.md. */
export type Missing = 'cleared' | 'normalReadings' | 'confirmation';

/** `why` and `instead` are for logs and developers; the page words the code in the operator's language. */
export interface Refusal {
  readonly code: RefusalCode;
  readonly why: string;
  /** What to do instead. */
  readonly instead: string;
  /** Of `notOver`: all that is missing. */
  readonly missing?: readonly Missing[];
}

const refuse = (code: RefusalCode, why: string, instead: string): Refusal => ({ code, why, instead });
const blank = (text: string | null | undefined): boolean => (text ?? '').trim() === '';

/** Why the action cannot be taken on this alarm now; null: it can. */
export function refusalOf(life: Life, proposal: Proposal, settings: LifeSettings): Refusal | null {
  if (blank(proposal.actor) || proposal.actor === SYSTEM) {
    return refuse('personRequired', 'the program cannot do this by itself', 'sign in as a person');
  }
  switch (proposal.kind) {
    case 'acknowledged':
      return acknowledging(life, proposal);
    case 'commented':
      return blank(proposal.note) ? refuse('noteMissing', 'a comment without words', 'write the note') : null;
    case 'shelved':
      return seen(life, proposal) ?? shelving(life, proposal, settings);
    case 'unshelved':
      return life.shelf === null ? refuse('notShelved', 'it is not shelved', 'nothing is to be done') : null;
    case 'assessed':
      return assessing(life, proposal);
    case 'confirmed':
      return confirming(life, proposal);
    case 'reset':
      return resetting(life);
    case 'closed':
      return closing(life, proposal, settings);
  }
}

/** Nobody answers for what he has not seen. */
function seen(life: Life, { seenN }: Proposal): Refusal | null {
  if (seenN >= life.risenN) return null;
  const why = `it rose to ${life.severity} (change ${life.risenN}), change ${seenN} was seen`;
  return refuse('riseNotSeen', why, 'look at the alarm as it is now, then decide again');
}

function acknowledging(life: Life, proposal: Proposal): Refusal | null {
  if (life.isAcknowledged) {
    return refuse('alreadyAcknowledged', 'somebody has acknowledged it', 'go on with the assessment');
  }
  return seen(life, proposal);
}

function shelving(life: Life, proposal: Proposal, settings: LifeSettings): Refusal | null {
  const maxMs = settings.shelveMsMax[life.severity];
  const until = proposal.until ?? null;
  if (maxMs === 0) {
    return refuse(
      'shelvingForbidden',
      `${life.severity} alarms cannot be shelved`,
      'acknowledge and assess it',
    );
  }
  if (blank(proposal.note))
    return refuse('reasonMissing', 'shelving without a reason', 'say why it is put aside');
  if (until === null) return refuse('untilMissing', 'shelving without an end', 'say until when');
  if (until <= proposal.at)
    return refuse('untilPassed', 'the end is not in the future', 'choose a later end');
  if (until - proposal.at <= maxMs) return null;
  const why = `${until - proposal.at} ms, ${life.severity} alarms are shelved for ${maxMs} ms at most`;
  return refuse('shelvedTooLong', why, 'choose an earlier end, or plan an out-of-service window');
}

function assessing(life: Life, proposal: Proposal): Refusal | null {
  const { verdict } = proposal;
  if (verdict === undefined || verdict === null || !VERDICTS.includes(verdict)) {
    return refuse(
      'verdictMissing',
      'an assessment without a verdict',
      `choose one of ${VERDICTS.join(', ')}`,
    );
  }
  if (verdict === 'other' && blank(proposal.note)) {
    return refuse('noteMissing', 'verdict "other" without words', 'write what it was');
  }
  return seen(life, proposal);
}

/** "Done" said while it is still on says nothing: Shiyan, 2021-06-13. */
function confirming(life: Life, proposal: Proposal): Refusal | null {
  if (life.isActive) return stillOn(life);
  if (proposal.seenN >= life.clearedN) return null;
  const why = 'the confirmation is from before the return to normal';
  return refuse('returnNotSeen', why, 'make sure again on the spot, then confirm');
}

function stillOn({ isBlind }: Life): Refusal {
  return isBlind
    ? refuse(
        'stillOn',
        'its sensor tells nothing, and silence never clears',
        'restore the sensor or measure there',
      )
    : refuse('stillOn', 'the condition is still on', 'wait for normal readings');
}

function resetting(life: Life): Refusal | null {
  if (life.isActive) return stillOn(life);
  if (!life.isLatched) return refuse('notLatched', 'no latch holds it', 'nothing is to be done');
  if (life.isAcknowledged) return null;
  return refuse('acknowledgeFirst', 'nobody has acknowledged it', 'acknowledge it, then reset it');
}

function closing(life: Life, proposal: Proposal, settings: LifeSettings): Refusal | null {
  if (life.closedAt !== null) return refuse('alreadyClosed', 'it is closed', 'nothing is to be done');
  const readings = proposal.clearReadings ?? 0;
  const needed = settings.clearReadingsMin;
  const missing: Missing[] = [];
  if (life.isActive) missing.push('cleared');
  if (life.isActive || readings < needed) missing.push('normalReadings');
  if (life.confirmedBy === null) missing.push('confirmation');
  if (missing.length > 0) {
    const words: Record<Missing, [why: string, instead: string]> = {
      cleared: [
        life.isBlind ? 'its sensor tells nothing' : 'the condition is still on',
        life.isBlind ? 'restore the sensor or measure there' : 'wait until it clears',
      ],
      normalReadings: [
        `${life.isActive ? 0 : readings} of ${needed} normal readings in a row`,
        'wait for the missing readings',
      ],
      confirmation: ['nobody has confirmed that it is over', 'confirm after checking on the spot'],
    };
    const why = missing.map(each => words[each][0]).join('; ');
    const instead = missing.map(each => words[each][1]).join('; ');
    return { ...refuse('notOver', why, instead), missing };
  }
  return life.isLatched ? refuse('resetFirst', 'the latch holds it', 'acknowledge and reset it') : null;
}

export type Permission = { readonly ok: true } | { readonly ok: false; readonly refusal: Refusal };

/** May this be done to the alarm as it stands? The fold asks the same question of every recorded action. */
export function mayDo(life: Life, proposal: Proposal, settings: LifeSettings): Permission {
  const refusal = refusalOf(life, proposal, settings);
  return refusal === null ? { ok: true } : { ok: false, refusal };
}
