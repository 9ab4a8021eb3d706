import { SECOND_MS } from '@anmai/kernel';
import { qualityFaults, type SeriesQualityConfig } from './config';
import { attenuatedSignalTest } from './qartod/attenuated-signal';
import { refuse } from './qartod/config-fault';
import { medianIntervalMs } from './qartod/flat-line';
import { QualityCheck, toRow, type QualityInput, type QualityRow } from './quality-check';

/**
 * Every configured test over a whole series, ascending by time: one row a reading, in the order given. The
 * same engine as live, so a file and the sensor itself cannot be judged differently; only here the neighbours
 * on both sides are known, so every row is final. Throws QLT-001 for a bad configuration.
 */
export function checkSeries(config: SeriesQualityConfig, readings: readonly QualityInput[]): QualityRow[] {
  refuse(qualityFaults(config));
  const check = new QualityCheck(withInterval(config, readings));
  const rows: QualityRow[] = [];
  let newest = -1;
  for (const reading of readings) {
    const { live, settled } = check.next(reading);
    if (settled !== null && newest >= 0) rows[newest] = settled;
    const isNewest = newest < 0 || live.at > (rows[newest]?.at ?? -Infinity);
    rows.push(live);
    if (isNewest) newest = rows.length - 1;
  }
  return withAttenuation(config, rows);
}

/**
 * The usual interval, from the data when the configuration does not say. With too few readings any will do.
 */
function withInterval(config: SeriesQualityConfig, readings: readonly QualityInput[]): SeriesQualityConfig {
  if (config.flatLine === undefined || config.intervalSeconds !== undefined) return config;
  const intervalMs = medianIntervalMs(readings.map(reading => reading.at));
  const { suspectThreshold, failThreshold } = config.flatLine;
  const anySeconds = Math.min(suspectThreshold, failThreshold);
  return { ...config, intervalSeconds: intervalMs === null ? anySeconds : intervalMs / SECOND_MS };
}

function withAttenuation(config: SeriesQualityConfig, rows: QualityRow[]): QualityRow[] {
  const { attenuatedSignal } = config;
  if (attenuatedSignal === undefined) return rows;
  const values = rows.map(row => row.value ?? NaN);
  const flags = attenuatedSignalTest(
    values,
    rows.map(row => row.at),
    attenuatedSignal,
  );
  return rows.map((row, i) =>
    toRow(row.at, values[i] ?? NaN, { ...row.flags, attenuatedSignal: flags[i] ?? 2 }),
  );
}
