import { DAY_MS, HOUR_MS, MINUTE_MS, type Millis } from '@anmai/kernel';
import { noiseAt, randomOf, wanderAt } from '../random';
import { airTemperatureAt, hourOfDay, isWeekend, rainAt, runoffAt } from './weather';

/**
 * How a sensor behaves while nothing is wrong. Values in the unit of the sensor; `typical` is its middle.
 * Data, not functions, so that a plan can be printed and compared.
 */
export type Model =
  | { readonly kind: 'gas' }
  | { readonly kind: 'gasPressure'; readonly typical: number; readonly swing: number }
  | { readonly kind: 'h2s' }
  | { readonly kind: 'airTemperature' }
  | { readonly kind: 'groundTemperature' }
  | { readonly kind: 'battery' }
  | { readonly kind: 'constant'; readonly typical: number; readonly noise: number }
  | { readonly kind: 'off' }
  | { readonly kind: 'waterDemand'; readonly typical: number }
  | { readonly kind: 'waterPressure'; readonly typical: number; readonly swing: number }
  | { readonly kind: 'tankLevel'; readonly typical: number; readonly swing: number }
  | { readonly kind: 'sewerLevel'; readonly typical: number; readonly delayMinutes: number }
  | { readonly kind: 'sewerFlow'; readonly typical: number; readonly delayMinutes: number }
  | { readonly kind: 'ponding' }
  | { readonly kind: 'rain'; readonly factor: number }
  | { readonly kind: 'riverLevel'; readonly typical: number }
  | { readonly kind: 'tilt'; readonly typical: number; readonly perDegree: number; readonly perDay: number }
  | { readonly kind: 'crack'; readonly typical: number; readonly perDegree: number; readonly perDay: number }
  | { readonly kind: 'settlement'; readonly typical: number; readonly perDay: number };

/** What a model may look at. `epoch`: when slow drifts are counted from (the start of the run). */
export interface Moment {
  readonly seed: number;
  readonly sensorId: string;
  readonly at: Millis;
  readonly epoch: Millis;
}

/** Share of the mean demand over the day: low at night, peaks at breakfast and supper. */
export function demandFactorAt(at: Millis): number {
  const hour = hourOfDay(at);
  const bump = (middle: number, width: number): number => Math.exp(-(((hour - middle) / width) ** 2));
  const weekend = isWeekend(at);
  return 0.35 + 0.85 * bump(weekend ? 9 : 7.3, 1.8) + 0.5 * bump(12.3, 1.6) + 0.9 * bump(19.2, 2.4);
}

/** The value without any incident, not yet rounded. Pure: the same moment gives the same value. */
export function valueOf(model: Model, moment: Moment): number {
  const { seed, sensorId, at } = moment;
  const noise = (): number => noiseAt(`${seed} ${sensorId}`, at);
  switch (model.kind) {
    case 'gas':
      return Math.max(0, 0.4 + 0.25 * wanderAt(`${seed} ${sensorId}`, at, HOUR_MS) + 0.15 * noise());
    case 'gasPressure':
      return model.typical + model.swing * (0.6 - demandFactorAt(at)) + 0.05 * model.swing * noise();
    case 'h2s':
      return Math.max(0, 0.9 + 0.4 * wanderAt(`${seed} ${sensorId}`, at, 3 * HOUR_MS) + 0.1 * noise());
    case 'airTemperature':
      return airTemperatureAt(seed, at) + 0.15 * noise();
    case 'groundTemperature':
      return 15.5 + 0.15 * (airTemperatureAt(seed, at - 4 * HOUR_MS) - 14) + 0.05 * noise();
    case 'constant':
      return model.typical + model.noise * noise();
    case 'off':
      return 0;
    case 'battery':
      return batteryOf(moment) + 0.002 * noise();
    case 'rain':
      return rainAt(seed, at) * model.factor;
    case 'tilt':
    case 'crack':
    case 'settlement':
      return buildingValueOf(model, moment) + (model.kind === 'crack' ? 0.004 : 0.04) * noise();
    case 'waterDemand':
    case 'waterPressure':
    case 'tankLevel':
    case 'sewerLevel':
    case 'sewerFlow':
    case 'ponding':
    case 'riverLevel':
      return waterValueOf(model, moment, noise());
  }
}

type WaterModel = Extract<
  Model,
  {
    kind:
      'waterDemand' | 'waterPressure' | 'tankLevel' | 'sewerLevel' | 'sewerFlow' | 'ponding' | 'riverLevel';
  }
>;

function waterValueOf(model: WaterModel, { seed, at }: Moment, noise: number): number {
  switch (model.kind) {
    case 'waterDemand':
      return model.typical * demandFactorAt(at) * (1 + 0.02 * noise);
    case 'waterPressure':
      return model.typical + model.swing * (0.8 - demandFactorAt(at)) + 0.002 * noise;
    case 'tankLevel':
      // Filled at night, emptied by day: half a day behind the demand.
      return model.typical - model.swing * Math.sin(((hourOfDay(at) - 6) / 24) * 2 * Math.PI) + 0.004 * noise;
    case 'sewerLevel':
      return (
        model.typical * (0.7 + 0.4 * demandFactorAt(at - 30 * MINUTE_MS)) +
        0.06 * runoffAt(seed, at, model.delayMinutes * MINUTE_MS, 40 * MINUTE_MS) +
        0.004 * noise
      );
    case 'sewerFlow':
      return (
        model.typical * demandFactorAt(at - 30 * MINUTE_MS) * (1 + 0.03 * noise) +
        0.25 * model.typical * runoffAt(seed, at, model.delayMinutes * MINUTE_MS, 40 * MINUTE_MS)
      );
    case 'ponding':
      return Math.max(0, 0.12 * (runoffAt(seed, at, 8 * MINUTE_MS, 20 * MINUTE_MS) - 2));
    case 'riverLevel':
      return model.typical + 0.05 * runoffAt(seed, at, 2 * HOUR_MS, 4 * HOUR_MS) + 0.003 * noise;
  }
}

type BuildingModel = Extract<Model, { kind: 'tilt' | 'crack' | 'settlement' }>;

/** Walls follow the warmth of the last hours, and creep a little day by day. */
function buildingValueOf(model: BuildingModel, { seed, at, epoch }: Moment): number {
  const days = (at - epoch) / DAY_MS;
  if (model.kind === 'settlement') return model.typical + model.perDay * days;
  const warmth = airTemperatureAt(seed, at - 2 * HOUR_MS) - 14;
  const sign = model.kind === 'crack' ? -1 : 1;
  return model.typical + sign * model.perDegree * warmth + model.perDay * days;
}

/** A lithium cell: sinks by tenths of a millivolt a day, and with the cold. */
function batteryOf({ seed, sensorId, at, epoch }: Moment): number {
  const random = randomOf(seed, 'battery', sensorId);
  const fresh = random.between(3.55, 3.66);
  const perDay = random.between(0.0001, 0.0005);
  return fresh - (perDay * (at - epoch)) / DAY_MS + 0.001 * (airTemperatureAt(seed, at) - 14);
}
