import { FAMILIES, type FamilyId, type WarningMessage, type WarningRef } from '@anmai/alarms';
import { LIFELINE_GROUPS, type Severity } from '@anmai/catalog';
import { FAMILY_GROUPS, type TextStyle } from '@anmai/notify';
import {
  capAlertOf,
  capIdentifier,
  type CapAlert,
  type CapArea,
  type CapPoint,
  type CapReference,
  type CapWords,
} from '@anmai/wire';
import { CAP_NAMES, NAMELESS_SENDER, REFERENCES_MAX } from '../alarms/cap-of-alarm';

const COLOURS: Readonly<Record<Severity, CapWords>> = {
  red: { zh: '红色', en: 'Red' },
  orange: { zh: '橙色', en: 'Orange' },
  yellow: { zh: '黄色', en: 'Yellow' },
  blue: { zh: '蓝色', en: 'Blue' },
};
const PHASES: Readonly<Record<WarningMessage['phase'], CapWords>> = {
  start: { zh: '预警', en: 'warning' },
  update: { zh: '预警更新', en: 'warning, updated' },
  end: { zh: '预警解除', en: 'warning, over' },
};

export interface CapOfIncident {
  readonly message: WarningMessage;
  readonly familyId: FamilyId;
  /** Name of the asset of the cause; null: none is known. */
  readonly placeName: string | null;
  /** null: nobody has said who sends, and messages are drafts. */
  readonly capSender: string | null;
  readonly style: TextStyle;
}

/** A warning about an incident as a CAP message: Alert, Update with references, Cancel with references. */
export function capOfIncident({ message, familyId, placeName, capSender, style }: CapOfIncident): CapAlert {
  const sender = capSender ?? NAMELESS_SENDER;
  const family = FAMILIES.find(each => each.id === familyId) ?? { zh: familyId, en: familyId };
  const group = FAMILY_GROUPS[familyId];
  const { zh, en } = LIFELINE_GROUPS[group];
  const where = placeName ?? message.incidentId;
  const [colour, phase] = [COLOURS[message.severity], PHASES[message.phase]];
  const headline = {
    zh: `${colour.zh}${phase.zh}:${where} ${family.zh}`,
    en: `${colour.en} ${phase.en}: ${where}, ${family.en}`,
  };
  const said = message.text.trim();
  return capAlertOf({
    sender,
    senderName: CAP_NAMES,
    subjectId: message.incidentId,
    n: message.n,
    phase: message.phase,
    previous: message.previous.slice(-REFERENCES_MAX).map(each => referenceTo(each, sender)),
    status: capSender === null ? 'Draft' : 'Actual',
    sentAt: message.at,
    onsetAt: message.onsetAt,
    expiresAt: null,
    severity: message.severity,
    basis: message.condition === 'blind' ? 'blind' : 'measured',
    group,
    event: { zh: `${zh}:${family.zh}`, en: `${en}: ${family.en}` },
    headline,
    // As the person wrote it, in the language in which it was written.
    description: said === '' ? headline : { zh: said, en: said },
    instruction: null,
    responses: ['Monitor'],
    areas: [areaOf(message, where)],
    web: style.linkBase === null ? null : `${style.linkBase}/incidents/${message.incidentId}`,
    parameters: [{ valueName: 'anmai:assets', value: String(message.assetCount) }],
  });
}

/** The box around all affected assets, with the margin that its messages have. */
function areaOf({ box }: WarningMessage, areaDesc: string): CapArea {
  const words = { areaDesc, geocodes: [], circles: [] };
  if (box === null) return { ...words, polygons: [] };
  const [west, south, east, north] = box;
  const first: CapPoint = [south, west];
  return { ...words, polygons: [[first, [south, east], [north, east], [north, west], first]] };
}

const referenceTo = ({ incidentId, n, at }: WarningRef, sender: string): CapReference => ({
  sender,
  identifier: capIdentifier(sender, incidentId, n),
  sentAt: at,
});
