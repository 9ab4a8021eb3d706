import type { Quality } from '@anmai/readings';
import { optionalNumberFaults, refuse, type QualityFault } from './config-fault';

/** Fall of density with depth that is tolerated: negative numbers; what falls further counts. */
export interface DensityInversionConfig {
  readonly suspectThreshold?: number | undefined;
  readonly failThreshold?: number | undefined;
}

/**
 * QARTOD density inversion, for profiles (conductivity and temperature over depth). Both values of a step
 * that inverts are flagged; a value after a missing one is missing too, since its step is. Throws QLT-001.
 */
export function densityInversionTest(
  densities: readonly number[],
  depths: readonly number[],
  config: DensityInversionConfig,
): Quality[] {
  refuse(densityFaults(densities, depths, config));
  if (densities.length < 2) return densities.map(() => 2);
  const isMissing = (i: number): boolean => !Number.isFinite(densities[i]) || !Number.isFinite(depths[i]);
  return densities.map((_density, i) => {
    if (isMissing(i) || (i > 0 && isMissing(i - 1))) return 9;
    const steps = [i, i + 1].map(end => stepInto(densities, depths, end));
    if (steps.some(step => step < (config.failThreshold ?? -Infinity))) return 4;
    return steps.some(step => step < (config.suspectThreshold ?? -Infinity)) ? 3 : 1;
  });
}

/** Change of density in the direction of depth; NaN where there is no such step. */
function stepInto(densities: readonly number[], depths: readonly number[], end: number): number {
  const rise = (densities[end] ?? NaN) - (densities[end - 1] ?? NaN);
  return Math.sign((depths[end] ?? NaN) - (depths[end - 1] ?? NaN)) * rise;
}

function densityFaults(densities: unknown, depths: unknown, config: DensityInversionConfig): QualityFault[] {
  const faults = [
    ...optionalNumberFaults('suspectThreshold', config.suspectThreshold),
    ...optionalNumberFaults('failThreshold', config.failThreshold),
  ];
  const paired = Array.isArray(densities) && Array.isArray(depths) && densities.length === depths.length;
  return paired ? faults : [...faults, { at: 'depths', message: 'there must be one for each density' }];
}
