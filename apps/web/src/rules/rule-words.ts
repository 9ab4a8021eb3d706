import type { Condition, RuleScope } from '@anmai/alarms';
import { severityRank, type Severity } from '@anmai/catalog';
import type { RuleShape } from '@anmai/wire';
import { unitText, valueText } from '../text/format';
import type { TextKey, Words } from '../text/words';

/** A limit in words, `≥ 20 %LEL`, with its severity for the mark. */
export interface LimitWords {
  readonly severity: Severity;
  readonly text: string;
}

const PERS: ReadonlySet<string> = new Set(['second', 'minute', 'hour', 'day', 'week', 'month', 'year']);

/** `mm/month` as people of that language write it: mm/月. */
export function measureUnit({ t }: Words, unit: string): string {
  const [, own = '', per = ''] = /^(.*)\/(\w+)$/.exec(unit) ?? [];
  return PERS.has(per) ? `${unitText(own)}/${t(`per.${per}` as TextKey)}` : unitText(unit);
}

/** What the limits of a condition are on, as a unit; empty: the sensor's own. */
function unitOf(words: Words, condition: Condition): string {
  const { t } = words;
  const given = 'unit' in condition ? condition.unit : undefined;
  const own = given === undefined ? t('rule.ownUnit') : unitText(given);
  switch (condition.type) {
    case 'rate':
    case 'trend':
      return `${own}/${t(`per.${condition.per}`)}`;
    case 'forecast':
      return t(`per.${condition.per}`);
    case 'baseline':
      return 'σ';
    case 'flatLine':
      return t('rule.seconds');
    case 'quality':
      return '';
    default:
      return own;
  }
}

/** Worst first. */
export function limitWords(words: Words, condition: Condition): LimitWords[] {
  const { t } = words;
  if (condition.type === 'noData') {
    const { after } = condition;
    const text = 'missed' in after ? t('limit.missed', { n: after.missed }) : t('rule.silent', { n: after.seconds });
    return [{ severity: condition.severity ?? 'yellow', text }];
  }
  if (condition.type === 'composite') return [{ severity: condition.severity, text: compositeWords(words, condition) }];
  const unit = unitOf(words, condition);
  const found = condition.limits.map(({ severity, above, below }) => {
    const sides = [
      ...(above === undefined ? [] : [t('limit.above', { value: valueText(above), unit })]),
      ...(below === undefined ? [] : [t('limit.below', { value: valueText(below), unit })]),
    ];
    return { severity, text: sides.map(side => side.trim()).join(' · ') };
  });
  return found.sort((a, b) => severityRank(b.severity) - severityRank(a.severity));
} // prettier-ignore

function compositeWords({ t }: Words, condition: Extract<Condition, { type: 'composite' }>): string {
  const { need, related, of, withinSeconds } = condition;
  const how = typeof need === 'object' ? t('rule.atLeast', { n: need.atLeast }) : t(`need.${need}`);
  const where = typeof related === 'object' ? t('rule.withinMeters', { n: related.withinMeters }) : t(`related.${related}`);
  return t('rule.together', { rules: of.map(part => part.ruleId).join(' + '), how, where, n: withinSeconds });
} // prettier-ignore

/** Which sensors, in words. */
export function scopeWords(words: Words, scope: RuleScope): string {
  const { t, named } = words;
  const { quantity, assetKind, orgId, grade, sensorIds } = scope;
  const parts = [
    ...(quantity === undefined ? [] : [named('quantity', quantity)]),
    ...(assetKind === undefined ? [] : [named('kind', assetKind)]),
    ...(grade === undefined ? [] : [t('asset.grade', { grade })]),
    ...(orgId === undefined ? [] : [t('scope.org', { org: orgId })]),
    ...(sensorIds === undefined
      ? []
      : [sensorIds.length > 3 ? t('scope.sensors', { n: sensorIds.length }) : sensorIds.join(', ')]),
  ];
  return parts.length === 0 ? t('scope.all') : parts.join(' · ');
}

/** Everything of a rule that somebody may look for. */
export function matches(words: Words, rule: RuleShape, search: string): boolean {
  const text = [
    rule.id,
    rule.name,
    words.t(`type.${rule.condition.type}`),
    scopeWords(words, rule.appliesTo),
    ...limitWords(words, rule.condition).map(limit => limit.text),
  ].join(' ');
  return search
    .toLowerCase()
    .split(/\s+/)
    .every(part => text.toLowerCase().includes(part));
}

/** Rules that cannot be used somewhere first: what they cover looks normal and is not watched. */
export const inOrder = (rules: readonly RuleShape[]): RuleShape[] =>
  rules.toSorted(
    (a, b) =>
      Number((b.coverage?.faultCount ?? 0) > 0) - Number((a.coverage?.faultCount ?? 0) > 0) ||
      (a.id < b.id ? -1 : 1),
  );
