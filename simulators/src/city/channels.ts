import type { ChannelSpec } from './parts';
import type { Model } from './models';

/** Channels that many devices share, so that a name, a unit and a range are written once. */

export const combustible = (channel = 'ch4'): ChannelSpec => ({
  channel,
  name: '可燃气体',
  quantity: 'gas.combustible',
  unit: '%LEL',
  range: { min: 0, max: 100 },
  decimals: 1,
  model: { kind: 'gas' },
});

export const h2s = (): ChannelSpec => ({
  channel: 'h2s',
  name: '硫化氢',
  quantity: 'gas.h2s',
  unit: 'mg/m3',
  range: { min: 0, max: 150 },
  decimals: 1,
  model: { kind: 'h2s' },
});

export const groundTemperature = (): ChannelSpec => temperature('井内温度', { kind: 'groundTemperature' });
export const airTemperature = (): ChannelSpec => temperature('温度', { kind: 'airTemperature' });

function temperature(name: string, model: Model): ChannelSpec {
  const range = { min: -40, max: 85 };
  return {
    channel: 'temp',
    name,
    quantity: 'environment.temperature',
    unit: 'Cel',
    range,
    decimals: 1,
    model,
  };
}

export const battery = (): ChannelSpec => ({
  channel: 'battery',
  name: '电池电压',
  quantity: 'device.battery',
  unit: 'V',
  range: { min: 0, max: 5 },
  decimals: 3,
  model: { kind: 'battery' },
});

export const immersion = (): ChannelSpec => ({
  channel: 'immersion',
  name: '水浸',
  quantity: 'device.immersion',
  unit: 'bool',
  range: { min: 0, max: 1 },
  decimals: 0,
  model: { kind: 'off' },
});

export const coverTilt = (typicalDeg: number): ChannelSpec => ({
  channel: 'coverTilt',
  name: '井盖倾角',
  quantity: 'device.coverTilt',
  unit: 'deg',
  range: { min: -180, max: 180 },
  decimals: 1,
  model: { kind: 'constant', typical: typicalDeg, noise: 0.1 },
});

export const waterPressure = (typicalMpa: number, channel = 'pressure'): ChannelSpec => ({
  channel,
  name: '供水压力',
  quantity: 'water.pressure',
  unit: 'MPa',
  range: { min: 0, max: 1.6 },
  decimals: 3,
  model: { kind: 'waterPressure', typical: typicalMpa, swing: 0.045 },
});

export const waterFlow = (typicalM3PerH: number): ChannelSpec => ({
  channel: 'flow',
  name: '流量',
  quantity: 'water.flow',
  unit: 'm3/h',
  range: { min: 0, max: 2_000 },
  decimals: 1,
  model: { kind: 'waterDemand', typical: typicalM3PerH },
});

export const gasPressure = (channel: string, name: string, typicalKpa: number): ChannelSpec => ({
  channel,
  name,
  quantity: 'gas.pressure',
  unit: 'kPa',
  range: { min: 0, max: 600 },
  decimals: typicalKpa < 10 ? 2 : 1,
  model: { kind: 'gasPressure', typical: typicalKpa, swing: 0.04 * typicalKpa },
});

export const sewerLevel = (typicalM: number, delayMinutes: number): ChannelSpec => ({
  channel: 'level',
  name: '液位',
  quantity: 'drainage.level',
  unit: 'm',
  range: { min: 0, max: 7 },
  decimals: 3,
  model: { kind: 'sewerLevel', typical: typicalM, delayMinutes },
});

export const sewerFlow = (typicalM3PerH: number, delayMinutes: number): ChannelSpec => ({
  channel: 'flow',
  name: '流量',
  quantity: 'drainage.flow',
  unit: 'm3/h',
  range: { min: 0, max: 10_000 },
  decimals: 1,
  model: { kind: 'sewerFlow', typical: typicalM3PerH, delayMinutes },
});

export const ponding = (): ChannelSpec => ({
  channel: 'depth',
  name: '积水深度',
  quantity: 'drainage.ponding',
  unit: 'cm',
  range: { min: 0, max: 150 },
  decimals: 1,
  model: { kind: 'ponding' },
});
