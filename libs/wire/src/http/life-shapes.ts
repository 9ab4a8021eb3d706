import type { InhibitionRule, LifeSettings, ServiceWindow } from '@anmai/alarms';
import type { Iso } from '../api-shapes';

/** GET /inhibitions/{id}: which cause hides which consequences. */
export interface InhibitionShape extends InhibitionRule {
  readonly version: number;
}

/** GET /service-windows/{id}: planned work; `rrule` counts in the time of the place. */
export interface ServiceWindowShape extends Omit<ServiceWindow, 'startAt' | 'utcOffsetMs'> {
  readonly startAt: Iso;
  readonly version: number;
}

/** GET /alarm-settings. Version 1: the provisional defaults that nobody has edited yet. */
export interface AlarmSettingsShape extends LifeSettings {
  readonly version: number;
}
