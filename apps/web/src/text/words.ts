import { en } from './en';
import { spanParts } from './format';
import { zh, type TextKey } from './zh';

export type Lang = 'zh' | 'en';
export type Values = Readonly<Record<string, string | number>>;
export type { TextKey };

const TEXTS: Readonly<Record<Lang, Readonly<Record<string, string>>>> = { zh, en };

export function fill(text: string, values: Values): string {
  return text.replace(/\{(\w+)\}/g, (hole, name: string) => (name in values ? String(values[name]) : hole));
}

/** Families of codes that the server sends and the page has words for. */
export type Family =
  | 'kind'
  | 'quantity'
  | 'reason'
  | 'change'
  | 'actor'
  | 'limit'
  | 'why'
  | 'channel'
  | 'notice'
  | BuildingFamily
  | SafetyFamily
  | IncidentFamily;
type BuildingFamily = 'timeline' | 'fact' | 'renovation' | 'impFault';
type SafetyFamily =
  | 'safety'
  | 'safetyDo'
  | 'hazLevel'
  | 'hazControl'
  | 'hazFinding'
  | 'hazTimer'
  | 'aprStep'
  | 'aprResult'
  | 'demandCause';
type IncidentFamily =
  | 'family'
  | 'cause'
  | 'verdict'
  | 'step'
  | 'timer'
  | 'rung'
  | 'refusal'
  | 'refusalDo'
  | 'missing'
  | 'audience'
  | 'kpi'
  | 'target'
  | 'performance';

export interface Words {
  readonly lang: Lang;
  /** A text of the page. */
  readonly t: (key: TextKey, values?: Values) => string;
  /** The word for a code; the code itself where there is none: kinds and quantities come by configuration. */
  readonly named: (family: Family, code: string) => string;
}

export function words(lang: Lang): Words {
  const texts = TEXTS[lang];
  return {
    lang,
    t: (key, values = {}) => fill(texts[key] ?? key, values),
    named: (family, code) => texts[`${family}.${code}`] ?? code,
  };
}

/** `3 小时 12 分`; above a minute without seconds, so that ages in lists do not flicker. */
export function spanText({ t }: Words, ms: number): string {
  const all = spanParts(ms);
  const shown = all.length > 1 ? all.filter(part => part.unit !== 'second') : all;
  return shown.map(part => t(`span.${part.unit}`, { n: part.count })).join(' ');
}
