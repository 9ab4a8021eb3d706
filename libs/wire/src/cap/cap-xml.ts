import { err, ok, type Millis, type Result } from '@anmai/kernel';
import type { CapAlert, CapArea, CapInfo, CapNamedValue, CapPoint, CapReference } from './cap-alert';
import { capFaults } from './cap-faults';
import { CHINA_OFFSET_MINUTES, capTime } from './cap-time';

export const CAP_NAMESPACE = 'urn:oasis:names:tc:emergency:cap:1.2';

/**
 * The message as an XML 1.0 document (UTF-8, elements in the order of the schema), or all that is wrong with it.
 * `offsetMinutes`: in which local time instants are written; they stay the same instants.
 */
export function capXml(
  alert: CapAlert,
  offsetMinutes: number = CHINA_OFFSET_MINUTES,
): Result<string, readonly string[]> {
  const faults = capFaults(alert);
  if (faults.length > 0) return err(faults);
  const time = (at: Millis): string => capTime(at, offsetMinutes);
  const children = [
    element('identifier', alert.identifier),
    element('sender', alert.sender),
    element('sent', time(alert.sentAt)),
    element('status', alert.status),
    element('msgType', alert.messageType),
    element('scope', alert.scope),
    element('restriction', alert.restriction),
    element('addresses', listOf(alert.addresses)),
    element('note', alert.note),
    element('references', referencesText(alert.references, time)),
    element('incidents', listOf(alert.incidents)),
    ...alert.infos.flatMap(info => parent('info', infoChildren(info, time))),
  ].flat();
  const lines = children.map(line => `  ${line}`).join('\n');
  return ok(`<?xml version="1.0" encoding="UTF-8"?>\n<alert xmlns="${CAP_NAMESPACE}">\n${lines}\n</alert>\n`);
}

function infoChildren(info: CapInfo, time: (at: Millis) => string): string[] {
  return [
    element('language', info.language),
    ...info.categories.map(category => element('category', category)),
    element('event', info.event),
    ...info.responseTypes.map(type => element('responseType', type)),
    element('urgency', info.urgency),
    element('severity', info.severity),
    element('certainty', info.certainty),
    ...info.eventCodes.map(code => namedValue('eventCode', code)),
    element('onset', info.onsetAt === null ? null : time(info.onsetAt)),
    element('expires', info.expiresAt === null ? null : time(info.expiresAt)),
    element('senderName', info.senderName),
    element('headline', info.headline),
    element('description', info.description),
    element('instruction', info.instruction),
    element('web', info.web),
    element('contact', info.contact),
    ...info.parameters.map(parameter => namedValue('parameter', parameter)),
    ...info.areas.map(area => parent('area', areaChildren(area))),
  ].flat();
}

function areaChildren(area: CapArea): string[] {
  return [
    element('areaDesc', area.areaDesc),
    ...area.polygons.map(ring => element('polygon', ring.map(pointText).join(' '))),
    ...area.circles.map(circle => element('circle', `${pointText(circle.center)} ${plain(circle.radiusKm)}`)),
    ...area.geocodes.map(code => namedValue('geocode', code)),
  ].flat();
}

/** Nothing for null and for the empty text: an optional element is absent rather than empty. */
function element(name: string, text: string | null): string[] {
  return text === null || text === '' ? [] : [`<${name}>${escapeXml(text)}</${name}>`];
}

const parent = (name: string, children: readonly string[]): string[] => [
  `<${name}>`,
  ...children.map(line => `  ${line}`),
  `</${name}>`,
];

const namedValue = (name: string, { valueName, value }: CapNamedValue): string[] => [
  `<${name}><valueName>${escapeXml(valueName)}</valueName><value>${escapeXml(value)}</value></${name}>`,
];

/** `>` only for the sake of `]]>`; a carriage return would be read as a line feed if it were not escaped. */
const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' };

export const escapeXml = (text: string): string => text.replace(/[&<>\r]/g, char => ESCAPES[char] ?? char);

/** sender,identifier,sent with single spaces between (3.2.1). */
export const referencesText = (
  references: readonly CapReference[],
  time: (at: Millis) => string = capTime,
): string => references.map(each => `${each.sender},${each.identifier},${time(each.sentAt)}`).join(' ');

/** Space-delimited; what holds a space itself stands in quotation marks. */
const listOf = (items: readonly string[]): string =>
  items.map(item => (/\s/.test(item) ? `"${item}"` : item)).join(' ');

const pointText = ([lat, lon]: CapPoint): string => `${plain(lat)},${plain(lon)}`;

/** Seven digits after the point are a centimetre; exponents are no coordinates. */
export const plain = (value: number): string =>
  value
    .toFixed(7)
    .replace(/\.?0+$/, '')
    .replace(/^-0$/, '0');
