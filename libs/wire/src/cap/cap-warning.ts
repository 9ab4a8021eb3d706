import type { LifelineGroup, Severity } from '@anmai/catalog';
import { derivedId, type Millis } from '@anmai/kernel';
import type {
  CapAlert,
  CapArea,
  CapCategory,
  CapCertainty,
  CapInfo,
  CapNamedValue,
  CapReference,
  CapResponseType,
  CapSeverity,
  CapStatus,
  CapUrgency,
} from './cap-alert';

/** One text in both languages. */
export interface CapWords {
  readonly zh: string;
  readonly en: string;
}

export type CapPhase = 'start' | 'update' | 'end';
/** Measured, computed ahead, or no longer known because the sensors are silent. */
export type CapBasis = 'measured' | 'forecast' | 'blind';

/** A warning of ours on its way out of the house: confirmed by a person, or red. */
export interface CapWarning {
  /** Domain name or mail address that stands for the sender, unique in the world. */
  readonly sender: string;
  readonly senderName: CapWords;
  /** The alarm or incident, and which message about it this is: 1, 2, 3 … */
  readonly subjectId: string;
  readonly n: number;
  readonly phase: CapPhase;
  /** All earlier messages about it. */
  readonly previous: readonly CapReference[];
  readonly status: CapStatus;
  readonly sentAt: Millis;
  readonly onsetAt: Millis;
  /** When nobody may rely on the message any more; null: until the end is told. */
  readonly expiresAt: Millis | null;
  readonly severity: Severity;
  readonly basis: CapBasis;
  readonly group: LifelineGroup;
  readonly event: CapWords;
  readonly headline: CapWords;
  readonly description: CapWords;
  readonly instruction: CapWords | null;
  readonly responses: readonly CapResponseType[];
  readonly areas: readonly CapArea[];
  /** Absolute address of the page, or null. */
  readonly web: string | null;
  readonly parameters: readonly CapNamedValue[];
}

/**
 * Our four colours as CAP's severity and urgency. The colours are those of the Emergency Response Law (red first); red =
 * Extreme … blue = Minor is how colour-coded warnings are commonly read. Urgency follows what each colour asks of people
 * (see README): provisional, for the authority that receives the messages to confirm.
 */
export const CAP_OF_SEVERITY: Readonly<
  Record<Severity, { readonly severity: CapSeverity; readonly urgency: CapUrgency; readonly why: string }>
> = {
  red: { severity: 'Extreme', urgency: 'Immediate', why: 'lives are at stake now: act at once' },
  orange: {
    severity: 'Severe',
    urgency: 'Immediate',
    why: 'a limit of danger is passed: people are sent at once',
  },
  yellow: {
    severity: 'Moderate',
    urgency: 'Expected',
    why: 'a warning limit is passed: act within the hour',
  },
  blue: { severity: 'Minor', urgency: 'Future', why: 'a first sign: look at it when work allows' },
};

/** Observed: has occurred or is going on. Likely: more probable than not. Blind: it was seen, and may be going on. */
export const CAP_OF_BASIS: Readonly<Record<CapBasis, CapCertainty>> = {
  measured: 'Observed',
  forecast: 'Likely',
  blind: 'Unknown',
};

/**
 * `Infra` is CAP's word for utilities; the second says whose hazard it is. Not CBRNE for gas: that means an attack or a
 * threat. `Met` includes floods by the definition of CAP.
 */
export const CAP_OF_GROUP: Readonly<Record<LifelineGroup, readonly CapCategory[]>> = {
  gas: ['Infra', 'Safety'],
  water: ['Infra'],
  drainage: ['Infra', 'Met'],
  heating: ['Infra'],
  building: ['Safety', 'Infra'],
  structure: ['Infra', 'Transport'],
  weather: ['Met'],
  other: ['Other'],
};

const MESSAGE_TYPES = { start: 'Alert', update: 'Update', end: 'Cancel' } as const;

/** The same message of the same subject has the same identifier, however often it is made. */
export const capIdentifier = (sender: string, subjectId: string, n: number): string =>
  derivedId('cap', sender, subjectId, n);

/** The warning as a CAP message with a block in Chinese and one in English. */
export function capAlertOf(warning: CapWarning): CapAlert {
  return {
    identifier: capIdentifier(warning.sender, warning.subjectId, warning.n),
    sender: warning.sender,
    sentAt: warning.sentAt,
    status: warning.status,
    messageType: MESSAGE_TYPES[warning.phase],
    scope: 'Public',
    restriction: null,
    addresses: [],
    note: null,
    references: warning.previous,
    incidents: [warning.subjectId],
    infos: [infoOf(warning, 'zh-CN', words => words.zh), infoOf(warning, 'en-US', words => words.en)],
  };
}

function infoOf(warning: CapWarning, language: string, pick: (words: CapWords) => string): CapInfo {
  const level = CAP_OF_SEVERITY[warning.severity];
  const isOver = warning.phase === 'end';
  return {
    language,
    categories: CAP_OF_GROUP[warning.group],
    event: pick(warning.event),
    responseTypes: isOver ? ['AllClear'] : warning.responses,
    urgency: isOver ? 'Past' : level.urgency,
    severity: level.severity,
    certainty: isOver ? 'Observed' : CAP_OF_BASIS[warning.basis],
    eventCodes: [],
    onsetAt: warning.onsetAt,
    expiresAt: warning.expiresAt,
    senderName: pick(warning.senderName),
    headline: pick(warning.headline),
    description: pick(warning.description),
    instruction: warning.instruction === null ? null : pick(warning.instruction),
    web: warning.web,
    contact: null,
    // Receivers that know the four colours need not guess them back.
    parameters: [{ valueName: 'anmai:colour', value: warning.severity }, ...warning.parameters],
    areas: warning.areas,
  };
}
