import type { AlarmMatcher, Reach } from '@anmai/alarms';
import type { AlarmShape } from '@anmai/wire';
import type { Words } from '../text/words';

/** Names of things by id; the id itself where there is none. */
export interface Names {
  readonly rule: (id: string) => string;
  readonly asset: (id: string) => string;
}

/** Which alarms, in words; nothing given: any. */
export function matcherWords(words: Words, matcher: AlarmMatcher, names: Names): string {
  const { t, named } = words;
  const { ruleIds, sensorIds, assetIds, assetKinds, severityMin, severityMax } = matcher;
  const or = t('list.or');
  const parts = [
    ...(ruleIds === undefined ? [] : [ruleIds.map(names.rule).join(or)]),
    ...(assetKinds === undefined ? [] : [assetKinds.map(kind => named('kind', kind)).join(or)]),
    ...(assetIds === undefined ? [] : [assetIds.map(names.asset).join(or)]),
    ...(sensorIds === undefined ? [] : [sensorIds.join(or)]),
    ...(severityMin === undefined ? [] : [t('match.from', { severity: t(`severity.${severityMin}`) })]),
    ...(severityMax === undefined ? [] : [t('match.upTo', { severity: t(`severity.${severityMax}`) })]),
  ];
  return parts.length === 0 ? t('match.any') : parts.join(' · ');
}

export const reachWords = ({ t }: Words, reach: Reach): string =>
  reach.kind === 'asset' || reach.kind === 'org'
    ? t(`reach.${reach.kind}`)
    : t(`reach.${reach.kind}Of`, { n: reach.hops });

/** Open alarms that this rule hides at this moment, the newest first. */
export const hiddenBy = (alarms: Iterable<AlarmShape>, ruleId: string): AlarmShape[] =>
  [...alarms]
    .filter(alarm => alarm.closedAt === null && alarm.suppressedBy?.ruleId === ruleId)
    .sort((a, b) => (a.raisedAt < b.raisedAt ? 1 : -1));
