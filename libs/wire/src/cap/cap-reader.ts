import { err, ok, type Millis, type Result } from '@anmai/kernel';
import {
  CAP_CATEGORIES,
  CAP_CERTAINTIES,
  CAP_MESSAGE_TYPES,
  CAP_RESPONSE_TYPES,
  CAP_SCOPES,
  CAP_SEVERITIES,
  CAP_STATUSES,
  CAP_URGENCIES,
  type CapAlert,
  type CapArea,
  type CapCircle,
  type CapInfo,
  type CapNamedValue,
  type CapPoint,
  type CapReference,
} from './cap-alert';
import { capFaults } from './cap-faults';
import { parseCapTime } from './cap-time';
import { readXml, type XmlNode } from './xml-tree';

/** A fault of the message that is being read; never leaves this file. */
class Unreadable extends Error {}

/**
 * The message that a CAP 1.2 document holds, or what is wrong with it. Elements that we have no use for (source, code,
 * audience, effective, resource, altitude, ceiling, signatures) are read over.
 */
export function readCap(xml: string): Result<CapAlert, readonly string[]> {
  const root = readXml(xml);
  if (!root.ok) return err([root.error]);
  try {
    const alert = alertOf(root.value);
    const faults = capFaults(alert);
    return faults.length > 0 ? err(faults) : ok(alert);
  } catch (error) {
    if (error instanceof Unreadable) return err([error.message]);
    throw error;
  }
}

const all = (node: XmlNode, name: string): XmlNode[] => node.children.filter(child => child.name === name);
const maybe = (node: XmlNode, name: string): string | null => all(node, name)[0]?.text ?? null;

function text(node: XmlNode, name: string): string {
  const found = maybe(node, name);
  if (found === null) throw new Unreadable(`${node.name} has no ${name}`);
  return found;
}

function oneOf<T extends string>(allowed: readonly T[], value: string, name: string): T {
  const found = allowed.find(each => each === value.trim());
  if (found === undefined) throw new Unreadable(`${name} has a value that CAP does not know`);
  return found;
}

function time(value: string, name: string): Millis {
  const at = parseCapTime(value.trim());
  if (at === null) throw new Unreadable(`${name} is no time in the form of CAP`);
  return at;
}

const maybeTime = (node: XmlNode, name: string): Millis | null => {
  const value = maybe(node, name);
  return value === null ? null : time(value, name);
};

function alertOf(node: XmlNode): CapAlert {
  if (node.name !== 'alert') throw new Unreadable('the root is no alert');
  return {
    identifier: text(node, 'identifier'),
    sender: text(node, 'sender'),
    sentAt: time(text(node, 'sent'), 'sent'),
    status: oneOf(CAP_STATUSES, text(node, 'status'), 'status'),
    messageType: oneOf(CAP_MESSAGE_TYPES, text(node, 'msgType'), 'msgType'),
    scope: oneOf(CAP_SCOPES, text(node, 'scope'), 'scope'),
    restriction: maybe(node, 'restriction'),
    addresses: quotedList(maybe(node, 'addresses')),
    note: maybe(node, 'note'),
    references: (maybe(node, 'references') ?? '').split(/\s+/).filter(Boolean).map(referenceOf),
    incidents: quotedList(maybe(node, 'incidents')),
    infos: all(node, 'info').map(infoOf),
  };
}

/** Words, or what stands between quotation marks. */
const quotedList = (list: string | null): string[] =>
  [...(list ?? '').matchAll(/"([^"]*)"|([^\s"]+)/g)].map(match => match[1] ?? match[2] ?? '');

function referenceOf(triple: string): CapReference {
  const [sender, identifier, sent, ...rest] = triple.split(',');
  if (sender === undefined || identifier === undefined || sent === undefined || rest.length > 0)
    throw new Unreadable('references are no lists of sender,identifier,sent');
  return { sender, identifier, sentAt: time(sent, 'references') };
}

function infoOf(node: XmlNode): CapInfo {
  return {
    // Without a language the message is in American English (3.2.2).
    language: maybe(node, 'language') ?? 'en-US',
    categories: all(node, 'category').map(each => oneOf(CAP_CATEGORIES, each.text, 'category')),
    event: text(node, 'event'),
    responseTypes: all(node, 'responseType').map(each =>
      oneOf(CAP_RESPONSE_TYPES, each.text, 'responseType'),
    ),
    urgency: oneOf(CAP_URGENCIES, text(node, 'urgency'), 'urgency'),
    severity: oneOf(CAP_SEVERITIES, text(node, 'severity'), 'severity'),
    certainty: certaintyOf(text(node, 'certainty')),
    eventCodes: all(node, 'eventCode').map(namedValueOf),
    onsetAt: maybeTime(node, 'onset'),
    expiresAt: maybeTime(node, 'expires'),
    senderName: maybe(node, 'senderName'),
    headline: maybe(node, 'headline'),
    description: maybe(node, 'description'),
    instruction: maybe(node, 'instruction'),
    web: maybe(node, 'web'),
    contact: maybe(node, 'contact'),
    parameters: all(node, 'parameter').map(namedValueOf),
    areas: all(node, 'area').map(areaOf),
  };
}

/** CAP 1.0 said `Very Likely`, and receivers shall read it as Likely (3.2.2). */
const certaintyOf = (value: string): CapInfo['certainty'] =>
  oneOf(CAP_CERTAINTIES, value.trim() === 'Very Likely' ? 'Likely' : value, 'certainty');

const namedValueOf = (node: XmlNode): CapNamedValue => ({
  valueName: text(node, 'valueName'),
  value: text(node, 'value'),
});

function areaOf(node: XmlNode): CapArea {
  return {
    areaDesc: text(node, 'areaDesc'),
    polygons: all(node, 'polygon').map(each => each.text.trim().split(/\s+/).map(pointOf)),
    circles: all(node, 'circle').map(circleOf),
    geocodes: all(node, 'geocode').map(namedValueOf),
  };
}

function pointOf(pair: string): CapPoint {
  const [lat, lon, ...rest] = pair.split(',').map(Number);
  if (lat === undefined || lon === undefined || rest.length > 0 || Number.isNaN(lat + lon))
    throw new Unreadable('a place is no pair of latitude and longitude');
  return [lat, lon];
}

function circleOf(node: XmlNode): CapCircle {
  const [center, radius, ...rest] = node.text.trim().split(/\s+/);
  if (center === undefined || radius === undefined || rest.length > 0)
    throw new Unreadable('a circle is no place and radius');
  return { center: pointOf(center), radiusKm: Number(radius) };
}
