import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Millis } from '@anmai/kernel';

const SHARED = process.env['ANMAI_SHARED'] ?? '../shared';

/** Path of a recorded feed, seen from the root of the project. One that is not there is a failure. */
export function feedPath(name: string): string {
  const path = join(resolve(SHARED), 'data', name);
  if (!existsSync(path)) throw new Error(`the recorded feed ${path} is missing; set ANMAI_SHARED`);
  return path;
}

export const feedText = (name: string): string => readFileSync(feedPath(name), 'utf8');

/** Cells of a file without quotes in it, by row; the first row is the head. */
export function cellsOf(name: string): readonly (readonly string[])[] {
  const lines = feedText(name).trim().split(/\r?\n/);
  return lines.map(line => line.split(',').map(cell => cell.trim()));
}

/** One channel: equally long lists; null: missing. */
export interface Series {
  readonly at: readonly Millis[];
  readonly values: readonly (number | null)[];
  readonly everyMs: number;
}

/** Half-open in nothing: both ends belong to it. */
export interface Stretch {
  readonly from: Millis;
  readonly to: Millis;
}

/** Stretches of all channels as incidents: those nearer than `gapMs` are one. */
export function merged(stretches: readonly Stretch[], gapMs: number): readonly Stretch[] {
  const out: Stretch[] = [];
  for (const stretch of [...stretches].sort((a, b) => a.from - b.from)) {
    const last = out.at(-1);
    if (last === undefined || stretch.from > last.to + gapMs) out.push(stretch);
    else out[out.length - 1] = { from: last.from, to: Math.max(last.to, stretch.to) };
  }
  return out;
}

export const begins = (stretch: Stretch, within: Stretch): boolean =>
  stretch.from >= within.from && stretch.from <= within.to;

export const overlaps = (a: Stretch, b: Stretch): boolean => a.from <= b.to && a.to >= b.from;
