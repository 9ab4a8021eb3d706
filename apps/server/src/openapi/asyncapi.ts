import { alarmReply, healthReply, incidentReply, readingReply } from '@anmai/wire';
import { z } from 'zod';

const json = (schema: z.ZodType): unknown => z.toJSONSchema(schema, { target: 'draft-7' });

const TELEMETRY_EXAMPLES = [
  {
    name: 'SenML',
    payload: [
      { bn: '', bt: 1732230000, n: 'ch4', u: '%LEL', v: 12.5 },
      { n: 'temp', u: 'Cel', v: 20.1 },
    ],
  },
  { name: 'plain', payload: { ts: 1732230000123, values: { ch4: 12.5 } } },
];

const telemetry = {
  name: 'telemetry',
  contentType: 'application/json',
  summary: 'SenML JSON (RFC 8428), or {ts, values}, or an array of these.',
  description:
    '`n` (with `bn`) names the channel. Without a time the time of receipt counts; up to 5 min ahead is taken. ' +
    'QoS 1 and 2 are acknowledged once the reading is on disk. What cannot be taken is listed at GET /api/v1/quarantine.',
  payload: {
    oneOf: [
      {
        type: 'array',
        maxItems: 1_000,
        items: {
          type: 'object',
          properties: {
            bn: { type: 'string' },
            bt: { type: 'number' },
            bu: { type: 'string' },
            bv: { type: 'number' },
            n: { type: 'string' },
            u: { type: 'string' },
            v: { type: ['number', 'null'] },
            vb: { type: 'boolean' },
            vs: { type: 'string' },
            t: { type: 'number' },
          },
        },
      },
      {
        type: 'object',
        properties: {
          ts: { type: 'integer', description: 'milliseconds since 1970' },
          values: { type: 'object', additionalProperties: { type: ['number', 'boolean', 'null'] } },
        },
      },
    ],
  },
  examples: TELEMETRY_EXAMPLES,
};

const messages = {
  telemetry,
  status: {
    name: 'status',
    contentType: 'application/json',
    payload: { type: 'object', required: ['online'], properties: { online: { type: 'boolean' } } },
  },
  command: {
    name: 'command',
    contentType: 'application/json',
    summary: 'Downlink: reporting interval, valve, siren. QoS 1, kept for a device that is away.',
    payload: { type: 'object' },
  },
  alarm: { name: 'alarm', contentType: 'application/json', payload: json(alarmReply) },
  incident: {
    name: 'incident',
    contentType: 'application/json',
    summary:
      'Alarms that belong together: one event for all that joined at once, and one for each step of a person.',
    payload: json(incidentReply),
  },
  reading: {
    name: 'reading',
    contentType: 'application/json',
    payload: {
      allOf: [{ type: 'object', properties: { sensorId: { type: 'string' } } }, json(readingReply)],
    },
  },
  health: { name: 'health', contentType: 'application/json', payload: json(healthReply) },
  reset: {
    name: 'reset',
    contentType: 'application/json',
    summary: 'The stream cannot be resumed from the id given: load lists anew.',
    payload: { type: 'object', properties: { why: { type: 'string' } } },
  },
};
type MessageName = keyof typeof messages;

const deviceId = { deviceId: { description: 'Id of the device that logged in.' } };
const channel = (address: string, names: readonly MessageName[], parameters?: object): object => ({
  address,
  ...(parameters === undefined ? {} : { parameters }),
  messages: Object.fromEntries(names.map(name => [name, { $ref: `#/components/messages/${name}` }])),
});
const operation = (action: 'send' | 'receive', name: string, summary: string): object => ({
  action,
  channel: { $ref: `#/channels/${name}` },
  summary,
});

/** AsyncAPI 3 of what is no request and reply: the MQTT topics and the events of the live stream. */
export const asyncApiDocument = (): object => ({
  asyncapi: '3.0.0',
  info: {
    title: 'Anmai 安脉: MQTT and live events',
    version: '1',
    description:
      'A device logs in with its own user name and password (POST /api/v1/devices/{id}/credentials), or with a client ' +
      'certificate, and may publish to its own topics only. MQTT 3.1.1; also over WebSocket at /mqtt.',
  },
  defaultContentType: 'application/json',
  servers: {
    mqtt: { host: 'localhost:1883', protocol: 'mqtt', protocolVersion: '3.1.1' },
    http: { host: 'localhost:3000', protocol: 'http', pathname: '/api/v1' },
  },
  channels: {
    telemetry: channel('anmai/v1/{deviceId}/telemetry', ['telemetry'], deviceId),
    deviceTelemetry: channel('v1/devices/me/telemetry', ['telemetry']),
    status: channel('anmai/v1/{deviceId}/status', ['status'], deviceId),
    command: channel('anmai/v1/{deviceId}/command', ['command'], deviceId),
    live: channel('/live', ['alarm', 'incident', 'reading', 'health', 'reset']),
  },
  operations: {
    receiveTelemetry: operation('receive', 'telemetry', 'Readings of a device.'),
    receiveDeviceTelemetry: operation(
      'receive',
      'deviceTelemetry',
      'The same, for devices made for ThingsBoard.',
    ),
    receiveStatus: operation('receive', 'status', 'Retained; also set by the will.'),
    sendCommand: operation('send', 'command', 'What a device is told to do.'),
    sendLive: operation(
      'send',
      'live',
      'Server-sent events for pages; `: beat` every 5 s; `Last-Event-ID` resumes; `sensors=a,b` asks for readings.',
    ),
  },
  components: { messages },
});
