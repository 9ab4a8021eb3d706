/** The same work as Anmai's path, as one would wire it in Node-RED: subscribe, parse and compare, write in batches. */
export interface FlowTargets {
  readonly mqttPort: number;
  readonly influxPort: number;
  readonly database: string;
}

/** Points of one write, and how long the first of them waits: as Anmai's archiver does. */
const BATCH_POINTS = 10_000;
const LINGER_MS = 50;

/*
 * One message to InfluxDB costs Node-RED a request, so the function node collects: the generous reading of "batch
 * write". The alarm of a sensor is remembered, and told on the second output when it changes.
 */
const FUNCTION = `
const device = msg.topic.split('/')[2];
const { ts, values } = JSON.parse(msg.payload);
let state = context.get('state');
if (state === undefined) {
  state = { points: [], timer: null, alarms: new Map() };
  context.set('state', state);
}
for (const channel in values) {
  const sensor = device + '.' + channel;
  const value = values[channel];
  state.points.push({ measurement: 'reading', fields: { value }, tags: { sensor }, timestamp: ts });
  const on = state.alarms.get(sensor) === true;
  const isOn = on ? value >= 18 : value >= 20;
  if (isOn !== on) {
    state.alarms.set(sensor, isOn);
    node.send([null, { payload: { sensor, value, on: isOn } }]);
  }
}
const flush = () => {
  clearTimeout(state.timer);
  state.timer = null;
  const payload = state.points;
  state.points = [];
  node.send([{ payload }, null]);
};
if (state.points.length >= ${BATCH_POINTS}) flush();
else state.timer ??= setTimeout(flush, ${LINGER_MS});
return null;
`;

export function nodeRedFlow({ mqttPort, influxPort, database }: FlowTargets): readonly object[] {
  const on = { z: 'tab', x: 0, y: 0 };
  return [
    { id: 'tab', type: 'tab', label: 'bench', disabled: false },
    {
      id: 'broker',
      type: 'mqtt-broker',
      broker: '127.0.0.1',
      port: String(mqttPort),
      clientid: 'node-red',
      autoConnect: true,
      usetls: false,
      protocolVersion: '4',
      keepalive: '60',
      cleansession: false,
    },
    {
      id: 'db',
      type: 'influxdb',
      hostname: '127.0.0.1',
      port: String(influxPort),
      protocol: 'http',
      database,
      influxdbVersion: '1.x',
      usetls: false,
    },
    {
      ...on,
      id: 'in',
      type: 'mqtt in',
      topic: 'anmai/v1/+/telemetry',
      qos: '1',
      datatype: 'utf8',
      broker: 'broker',
      nl: false,
      rap: true,
      rh: 0,
      inputs: 0,
      wires: [['judge']],
    },
    {
      ...on,
      id: 'judge',
      type: 'function',
      name: 'judge',
      func: FUNCTION,
      outputs: 2,
      timeout: 0,
      noerr: 0,
      initialize: '',
      finalize: '',
      libs: [],
      wires: [['write'], []],
    },
    {
      ...on,
      id: 'write',
      type: 'influxdb batch',
      influxdb: 'db',
      precision: 'ms',
      retentionPolicy: '',
      name: '',
      database,
      precisionV18FluxV20: 'ms',
      retentionPolicyV18Flux: '',
      org: '',
      bucket: '',
      wires: [],
    },
  ];
}
