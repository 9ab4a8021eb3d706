import type { Sensor } from '@anmai/catalog';
import type { Millis } from '@anmai/kernel';
import type { Random } from '../random';
import type { Curve, KeyValue } from './curve';
import type { Crossing, Incident, IncidentKind } from './incident';
import { demoSecondsToMs } from './pace';
import type { MeteredArea, Targets, Underpass, WellPair } from './targets';

/** Start of an incident and how its demonstration seconds become instants. */
export interface Staging {
  readonly id: string;
  readonly start: Millis;
  readonly pace: number;
}

/** [seconds since the start of the incident, value] */
type Row = readonly [number, KeyValue];

const at = ({ start, pace }: Staging, seconds: number): Millis => start + demoSecondsToMs(seconds, pace);
const curve = (staging: Staging, rows: readonly Row[]): Curve =>
  rows.map(([seconds, value]) => ({ at: at(staging, seconds), value }));

interface Draft {
  readonly kind: IncidentKind;
  readonly title: string;
  readonly seconds: number;
  readonly curves?: ReadonlyMap<string, Curve>;
  readonly silentDeviceIds?: readonly string[];
  readonly stuckSensorIds?: readonly string[];
  readonly crossings?: readonly Crossing[];
}

function incident(staging: Staging, { kind, title, seconds, ...rest }: Draft): Incident {
  return {
    id: `${staging.id}-${kind}`,
    kind,
    title,
    span: { from: staging.start, to: at(staging, seconds) },
    curves: rest.curves ?? new Map(),
    silentDeviceIds: rest.silentDeviceIds ?? [],
    stuckSensorIds: rest.stuckSensorIds ?? [],
    crossings: rest.crossings ?? [],
  };
}

function crossing(
  staging: Staging,
  sensor: Sensor,
  side: 'above' | 'below',
  [limit, seconds]: readonly [number, number],
  [clear, clearSeconds]: readonly [number, number],
): Crossing {
  const times = { at: at(staging, seconds), clearAt: at(staging, clearSeconds) };
  return { sensorId: sensor.id, side, limit, clear, ...times };
}

/** A leak fills a well, then the next one along the ducts; both are aired out. */
export function gasLeak(staging: Staging, { well, neighbour }: WellPair): Incident {
  const first: readonly Row[] = [
    [0, null],
    [17, 20],
    [37, 50],
    [65, 68],
    [130, 66],
    [190, 30],
    [226, 17.5],
    [270, null],
  ];
  const second: readonly Row[] = [
    [20, null],
    [50, 20],
    [95, 50],
    [120, 55],
    [150, 53],
    [210, 25],
    [240, 17.5],
    [280, null],
  ];
  return incident(staging, {
    kind: 'gasLeak',
    title: `燃气泄漏：${well.name}，扩散至 ${neighbour.name}`,
    seconds: 285,
    curves: new Map([
      [well.id, curve(staging, first)],
      [neighbour.id, curve(staging, second)],
    ]),
    crossings: [
      crossing(staging, well, 'above', [20, 17], [18, 226]),
      crossing(staging, well, 'above', [50, 37], [45, 190]),
      crossing(staging, neighbour, 'above', [20, 50], [18, 240]),
      crossing(staging, neighbour, 'above', [50, 95], [45, 210]),
    ],
  });
}

/** A main bursts inside a metered area: pressure falls while the flow into it more than doubles. */
export function waterBurst(staging: Staging, { flow, pressures }: MeteredArea): Incident {
  const low = (reach: number, lowest: number): readonly Row[] => [
    [0, null],
    [reach, 0.14],
    [reach + 20, lowest],
    [170, lowest + 0.005],
    [215, 0.19],
    [260, null],
  ];
  const [p1, p2] = pressures;
  if (p1 === undefined || p2 === undefined)
    throw new Error(`BUG: ${flow.assetId} has no two pressure gauges`);
  return incident(staging, {
    kind: 'waterBurst',
    title: `爆管：${flow.name}`,
    seconds: 265,
    curves: new Map([
      [
        flow.id,
        curve(staging, [
          [0, null],
          [20, { times: 2.3 }],
          [180, { times: 2.1 }],
          [230, null],
          [260, null],
        ]),
      ],
      [p1.id, curve(staging, low(10, 0.085))],
      [p2.id, curve(staging, low(20, 0.115))],
    ]),
    crossings: [
      crossing(staging, p1, 'below', [0.14, 10], [0.16, 215]),
      crossing(staging, p2, 'below', [0.14, 20], [0.16, 215]),
    ],
  });
}

/** A cloudburst over the district: one underpass floods past 25 cm, sewers fill from the top down, the river rises. */
export function cloudburst(staging: Staging, targets: Targets, flooded: Underpass, random: Random): Incident {
  const curves = new Map<string, Curve>();
  const lead = (sensor: Sensor, rows: readonly Row[]): unknown => curves.set(sensor.id, curve(staging, rows));
  for (const gauge of targets.gauges) lead(gauge, downpour(random.between(0.8, 1.1)));
  targets.manholes.forEach((manhole, i) =>
    lead(manhole, filledSewer(10 * (i % 8), random.between(1.6, 2.5))),
  );
  for (const river of targets.rivers) lead(river, RISING_RIVER);
  for (const { lowest, ramp } of targets.underpasses) {
    const peak = random.between(4, 9);
    lead(lowest, puddle(peak));
    lead(ramp, puddle(peak / 4));
  }
  lead(flooded.lowest, FLOODED);
  lead(flooded.ramp, FLOODED_RAMP);
  return incident(staging, {
    kind: 'cloudburst',
    title: `短时暴雨：${flooded.lowest.name}`,
    seconds: 420,
    curves,
    crossings: [
      crossing(staging, flooded.lowest, 'above', [15, 60], [13, 330]),
      crossing(staging, flooded.lowest, 'above', [25, 100], [22, 290]),
    ],
  });
}

/** mm/h at a gauge; `factor` since no two gauges catch the same. */
const downpour = (factor: number): readonly Row[] => [
  [0, null],
  [20, 40 * factor],
  [50, 100 * factor],
  [130, 110 * factor],
  [200, 50 * factor],
  [260, 8 * factor],
  [300, null],
];

const filledSewer = (delay: number, peakM: number): readonly Row[] => [
  [20, null],
  [90 + delay, peakM],
  [200 + delay, peakM - 0.2],
  [400, null],
];

const RISING_RIVER: readonly Row[] = [
  [60, null],
  [260, { times: 1.012 }],
  [410, null],
];

const puddle = (peakCm: number): readonly Row[] => [
  [40, null],
  [150, peakCm],
  [230, 0.8 * peakCm],
  [360, 0.5],
  [410, null],
];

const FLOODED: readonly Row[] = [
  [40, null],
  [60, 15],
  [100, 25],
  [170, 38],
  [240, 36],
  [290, 20],
  [330, 12],
  [380, 1.5],
  [415, null],
];

const FLOODED_RAMP: readonly Row[] = [
  [70, null],
  [170, 12],
  [240, 11],
  [320, 1.5],
  [380, null],
];

/** A crack opens; props are set and it closes again, save for a little. */
export function crackOpening(staging: Staging, crack: Sensor): Incident {
  const rows: readonly Row[] = [
    [0, null],
    [15, 0.5],
    [60, 0.7],
    [120, 0.84],
    [280, 0.82],
    [330, 0.6],
    [370, 0.42],
    [415, null],
  ];
  return incident(staging, {
    kind: 'crackOpening',
    title: `裂缝扩展：${crack.name}`,
    seconds: 420,
    curves: new Map([[crack.id, curve(staging, rows)]]),
    crossings: [
      crossing(staging, crack, 'above', [0.5, 15], [0.45, 370]),
      crossing(staging, crack, 'above', [0.7, 60], [0.65, 330]),
    ],
  });
}

export const deviceSilent = (staging: Staging, of: Sensor): Incident =>
  incident(staging, {
    kind: 'deviceSilent',
    title: `设备失联：${of.deviceId}`,
    seconds: 240,
    silentDeviceIds: [of.deviceId],
  });

export const sensorStuck = (staging: Staging, sensor: Sensor): Incident =>
  incident(staging, {
    kind: 'sensorStuck',
    title: `数值卡死：${sensor.name}`,
    seconds: 300,
    stuckSensorIds: [sensor.id],
  });
