import { DAY_MS, HOUR_MS, MINUTE_MS, type Millis } from '@anmai/kernel';
import type { Language } from '../notice';

const local = (at: Millis, utcOffsetMs: number): string => new Date(at + utcOffsetMs).toISOString();

/** 07-20 16:00 */
export const shortTime = (at: Millis, utcOffsetMs: number): string =>
  local(at, utcOffsetMs).slice(5, 16).replace('T', ' ');

/** 2021-07-20 16:00:05 */
export const fullTime = (at: Millis, utcOffsetMs: number): string =>
  local(at, utcOffsetMs).slice(0, 19).replace('T', ' ');

/** The two largest units that count; never less than a minute is told as more precise than it is. */
export function duration(ms: number, language: Language): string {
  const [days, hours, minutes] = [
    Math.floor(ms / DAY_MS),
    Math.floor((ms % DAY_MS) / HOUR_MS),
    Math.floor((ms % HOUR_MS) / MINUTE_MS),
  ];
  const zh = language === 'zh';
  if (days > 0) return zh ? `${days} 天 ${hours} 小时` : `${days} d ${hours} h`;
  if (hours > 0) return zh ? `${hours} 小时 ${minutes} 分` : `${hours} h ${minutes} min`;
  if (minutes > 0) return zh ? `${minutes} 分钟` : `${minutes} min`;
  return zh ? '不到 1 分钟' : 'less than 1 min';
}
