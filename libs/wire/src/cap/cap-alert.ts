import type { Millis } from '@anmai/kernel';

/* A message of the Common Alerting Protocol 1.2 (OASIS, 2010; ITU-T X.1303 bis), with the value lists of section 3.2. */

export const CAP_STATUSES = ['Actual', 'Exercise', 'System', 'Test', 'Draft'] as const;
export const CAP_MESSAGE_TYPES = ['Alert', 'Update', 'Cancel', 'Ack', 'Error'] as const;
export const CAP_SCOPES = ['Public', 'Restricted', 'Private'] as const;
export const CAP_CATEGORIES = [
  'Geo',
  'Met',
  'Safety',
  'Security',
  'Rescue',
  'Fire',
  'Health',
  'Env',
  'Transport',
  'Infra',
  'CBRNE',
  'Other',
] as const;
export const CAP_RESPONSE_TYPES = [
  'Shelter',
  'Evacuate',
  'Prepare',
  'Execute',
  'Avoid',
  'Monitor',
  'Assess',
  'AllClear',
  'None',
] as const;
export const CAP_URGENCIES = ['Immediate', 'Expected', 'Future', 'Past', 'Unknown'] as const;
export const CAP_SEVERITIES = ['Extreme', 'Severe', 'Moderate', 'Minor', 'Unknown'] as const;
export const CAP_CERTAINTIES = ['Observed', 'Likely', 'Possible', 'Unlikely', 'Unknown'] as const;

export type CapStatus = (typeof CAP_STATUSES)[number];
export type CapMessageType = (typeof CAP_MESSAGE_TYPES)[number];
export type CapScope = (typeof CAP_SCOPES)[number];
export type CapCategory = (typeof CAP_CATEGORIES)[number];
export type CapResponseType = (typeof CAP_RESPONSE_TYPES)[number];
export type CapUrgency = (typeof CAP_URGENCIES)[number];
export type CapSeverity = (typeof CAP_SEVERITIES)[number];
export type CapCertainty = (typeof CAP_CERTAINTIES)[number];

/** Names one earlier message: what a receiver needs to find it again. */
export interface CapReference {
  readonly sender: string;
  readonly identifier: string;
  readonly sentAt: Millis;
}

export interface CapNamedValue {
  readonly valueName: string;
  readonly value: string;
}

/** WGS 84, degrees; latitude first, as CAP writes it (GeoJSON has it the other way round). */
export type CapPoint = readonly [lat: number, lon: number];

export interface CapCircle {
  readonly center: CapPoint;
  readonly radiusKm: number;
}

/** The union of its parts. */
export interface CapArea {
  readonly areaDesc: string;
  /** Closed rings: the last point is the first again, at least four points. */
  readonly polygons: readonly (readonly CapPoint[])[];
  readonly circles: readonly CapCircle[];
  readonly geocodes: readonly CapNamedValue[];
}

/** What happened, in one language. */
export interface CapInfo {
  /** RFC 3066, for example zh-CN. */
  readonly language: string;
  /** At least one. */
  readonly categories: readonly CapCategory[];
  readonly event: string;
  readonly responseTypes: readonly CapResponseType[];
  readonly urgency: CapUrgency;
  readonly severity: CapSeverity;
  readonly certainty: CapCertainty;
  readonly eventCodes: readonly CapNamedValue[];
  readonly onsetAt: Millis | null;
  readonly expiresAt: Millis | null;
  readonly senderName: string | null;
  readonly headline: string | null;
  readonly description: string | null;
  readonly instruction: string | null;
  /** Absolute address of a page that tells more. */
  readonly web: string | null;
  readonly contact: string | null;
  readonly parameters: readonly CapNamedValue[];
  readonly areas: readonly CapArea[];
}

export interface CapAlert extends CapReference {
  readonly status: CapStatus;
  readonly messageType: CapMessageType;
  readonly scope: CapScope;
  /** Required for the scope `Restricted`. */
  readonly restriction: string | null;
  /** Required for the scope `Private`. */
  readonly addresses: readonly string[];
  readonly note: string | null;
  /** Required for all but the first message about something. */
  readonly references: readonly CapReference[];
  readonly incidents: readonly string[];
  readonly infos: readonly CapInfo[];
}
