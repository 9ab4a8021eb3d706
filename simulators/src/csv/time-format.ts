import { err, ok, type Millis, type Result } from '@anmai/kernel';
import type { Zone } from './zone';

/**
 * `iso`: 2026-11-22T10:00:00Z, with an offset, or without one and then local, also with a blank for the T and without
 * the time. `dmy`, `mdy`, `ymd`: 22/11/26 10[:00[:00]] with / . or - between, local. `epoch-s`, `epoch-ms`: numbers.
 */
export const TIME_FORMATS = ['iso', 'dmy', 'mdy', 'ymd', 'epoch-s', 'epoch-ms'] as const;
export type TimeFormat = (typeof TIME_FORMATS)[number];

const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{1,2})(?::(\d{2})(?::(\d{2}(?:\.\d+)?))?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/;
const PARTS =
  /^(\d{1,4})[/.-](\d{1,2})[/.-](\d{1,4})(?:[T ]+(\d{1,2})(?::(\d{2})(?::(\d{2}(?:\.\d+)?))?)?)?$/;
/** Numbers from here up are milliseconds: as seconds they would lie after the year 5138. */
const EPOCH_MS_FROM = 1e11;
/** Two-digit years below this belong to this century. */
const CENTURY_FROM = 70;

/** The format that a sample is written in. Day before month when both could be; null: none fits. */
export function guessTimeFormat(sample: string): TimeFormat | null {
  const text = sample.trim();
  if (/^-?\d+(\.\d+)?$/.test(text)) return Math.abs(Number(text)) >= EPOCH_MS_FROM ? 'epoch-ms' : 'epoch-s';
  if (ISO.test(text)) return 'iso';
  const parts = PARTS.exec(text);
  if (parts === null) return null;
  if ((parts[1] ?? '').length === 4) return 'ymd';
  return Number(parts[2]) > 12 ? 'mdy' : 'dmy';
}

/** One cell to an instant; the error says what was expected. */
export function parseTime(cell: string, format: TimeFormat, zone: Zone): Result<Millis, string> {
  const text = cell.trim();
  if (format === 'epoch-s' || format === 'epoch-ms') return epoch(text, format);
  const match = (format === 'iso' ? ISO : PARTS).exec(text);
  if (match === null) return err(`"${cell}" is not a time of the form ${format}`);
  const [, a = '', b = '', c = '', hour = '0', minute = '0', second = '0', offset] = match;
  const [year, month, day] = inOrder(format, a, b, c);
  const local = localMs(fullYear(year), Number(month), Number(day), [
    Number(hour),
    Number(minute),
    Number(second),
  ]);
  if (local === null) return err(`"${cell}" is no day or hour of the calendar, read as ${format}`);
  return ok(offset === undefined ? zone.toInstant(local) : local - offsetMs(offset));
}

function epoch(text: string, format: 'epoch-s' | 'epoch-ms'): Result<Millis, string> {
  const value = text === '' ? NaN : Number(text);
  if (!Number.isFinite(value))
    return err(`"${text}" is not a number of ${format === 'epoch-s' ? 'seconds' : 'milliseconds'}`);
  return ok(Math.round(format === 'epoch-s' ? value * 1_000 : value));
}

function inOrder(format: TimeFormat, a: string, b: string, c: string): readonly [string, string, string] {
  if (format === 'dmy') return [c, b, a];
  if (format === 'mdy') return [c, a, b];
  return [a, b, c];
}

function fullYear(text: string): number {
  const year = Number(text);
  if (text.length > 2) return year;
  return year < CENTURY_FROM ? 2_000 + year : 1_900 + year;
}

function localMs(
  year: number,
  month: number,
  day: number,
  [hour, minute, second]: readonly number[],
): Millis | null {
  if (hour === undefined || minute === undefined || second === undefined) return null;
  const midnight = Date.UTC(year, month - 1, day);
  const back = new Date(midnight);
  const isDay = back.getUTCMonth() === month - 1 && back.getUTCDate() === day;
  // 24:00 is how some loggers write the end of a day; 60 is a leap second.
  if (!isDay || hour > 24 || minute > 59 || second > 60) return null;
  return midnight + Math.round(((hour * 60 + minute) * 60 + second) * 1_000);
}

function offsetMs(text: string): number {
  if (text === 'Z') return 0;
  const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(-2));
  return (text.startsWith('-') ? -1 : 1) * minutes * 60_000;
}
