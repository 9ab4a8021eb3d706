import type { CapAlert, CapArea, CapInfo, CapPoint, CapReference } from './cap-alert';
import { isCapInstant } from './cap-time';

export const CAP_INFOS_MAX = 10;
export const CAP_REFERENCES_MAX = 100;
export const CAP_TEXT_CHARS_MAX = 10_000;
export const CAP_POINTS_MAX = 10_000;

/** Spaces, commas, `<` and `&` would break the lists in which senders and identifiers are named (3.2.1). */
const IDENTIFIER = /^[^\s,<&]+$/;
const LANGUAGE = /^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$/;
/** What XML 1.0 cannot hold, escaped or not; lone surrogates cannot be written as UTF-8 either. */
const UNWRITABLE = new RegExp('[\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\ufffe\\uffff]|\\p{Cs}', 'u');

/**
 * What a schema cannot say and a receiver may refuse for: the rules of the data dictionary (3.2) and our own bounds.
 * One line a fault, each with the element; empty: the message may be sent.
 */
export function capFaults(alert: CapAlert): readonly string[] {
  return [
    ...referenceFaults('', alert),
    ...alert.references.flatMap(each => referenceFaults('references: ', each)),
    ...bounds(alert),
    ...dependencies(alert),
    ...alert.infos.flatMap((info, i) => infoFaults(`info ${i + 1}: `, info)),
    ...unwritable(alert),
  ];
}

function referenceFaults(where: string, reference: CapReference): string[] {
  return [
    ...(IDENTIFIER.test(reference.identifier)
      ? []
      : [`${where}identifier is empty or holds a space, a comma, < or &`]),
    ...(IDENTIFIER.test(reference.sender)
      ? []
      : [`${where}sender is empty or holds a space, a comma, < or &`]),
    ...(isCapInstant(reference.sentAt) ? [] : [`${where}sent is no instant between 1970 and 9998`]),
  ];
}

function bounds(alert: CapAlert): string[] {
  const points = alert.infos.flatMap(info => info.areas.flatMap(area => area.polygons)).flat().length;
  return [
    ...(alert.infos.length <= CAP_INFOS_MAX ? [] : [`more than ${CAP_INFOS_MAX} info blocks`]),
    ...(alert.references.length <= CAP_REFERENCES_MAX ? [] : [`more than ${CAP_REFERENCES_MAX} references`]),
    ...(points <= CAP_POINTS_MAX ? [] : [`more than ${CAP_POINTS_MAX} points of polygons`]),
  ];
}

function dependencies(alert: CapAlert): string[] {
  const isFirst = alert.messageType === 'Alert';
  return [
    ...(isFirst || alert.references.length > 0 ? [] : [`${alert.messageType} needs references`]),
    ...(alert.scope === 'Restricted' && alert.restriction === null
      ? ['restriction is missing for a Restricted scope']
      : []),
    ...(alert.scope === 'Private' && alert.addresses.length === 0
      ? ['addresses are missing for a Private scope']
      : []),
    ...(alert.addresses.some(address => address.includes('"')) ? ['an address holds a quotation mark'] : []),
    ...(alert.incidents.some(incident => incident.includes('"'))
      ? ['an incident holds a quotation mark']
      : []),
    // An Ack says that a message came and an Error that it was refused: only these may go without info.
    ...(alert.infos.length > 0 || ['Ack', 'Error'].includes(alert.messageType) ? [] : ['there is no info']),
  ];
}

function infoFaults(where: string, info: CapInfo): string[] {
  return [
    ...(LANGUAGE.test(info.language) ? [] : [`${where}language is none of RFC 3066`]),
    ...(info.categories.length > 0 ? [] : [`${where}there is no category`]),
    ...(info.event.trim() !== '' ? [] : [`${where}event is empty`]),
    ...(info.onsetAt === null || isCapInstant(info.onsetAt) ? [] : [`${where}onset is no instant`]),
    ...(info.expiresAt === null || isCapInstant(info.expiresAt) ? [] : [`${where}expires is no instant`]),
    ...(info.web === null || URL.canParse(info.web) ? [] : [`${where}web is no absolute address`]),
    ...info.areas.flatMap(area => areaFaults(`${where}area: `, area)),
  ];
}

function areaFaults(where: string, area: CapArea): string[] {
  return [
    ...(area.areaDesc.trim() !== '' ? [] : [`${where}areaDesc is empty`]),
    ...area.polygons.flatMap(ring => {
      const [first, last] = [ring[0], ring[ring.length - 1]];
      const isClosed =
        first !== undefined && last !== undefined && first[0] === last[0] && first[1] === last[1];
      return [
        ...(ring.length >= 4 && isClosed
          ? []
          : [`${where}a polygon is not closed or has fewer than 4 points`]),
        ...(ring.every(isPoint) ? [] : [`${where}a polygon leaves the earth`]),
      ];
    }),
    ...area.circles.flatMap(circle =>
      isPoint(circle.center) && Number.isFinite(circle.radiusKm) && circle.radiusKm >= 0
        ? []
        : [`${where}a circle has no place or no radius`],
    ),
  ];
}

const isPoint = ([lat, lon]: CapPoint): boolean => Math.abs(lat) <= 90 && Math.abs(lon) <= 180;

/** Every text of the message, wherever it stands. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsOf);
}

function unwritable(alert: CapAlert): string[] {
  const texts = textsOf(alert);
  return [
    ...(texts.some(text => UNWRITABLE.test(text)) ? ['a text holds a character that XML cannot'] : []),
    ...(texts.some(text => text.length > CAP_TEXT_CHARS_MAX)
      ? [`a text has more than ${CAP_TEXT_CHARS_MAX} characters`]
      : []),
  ];
}
