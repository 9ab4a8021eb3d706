import type { TextKey, Words } from './words';

/** Sentences of the server with names or figures in them. The first that fits counts. */
const PATTERNS: readonly (readonly [RegExp, TextKey])[] = [
  [/^window (?<id>\S+) is over$/, 'said.windowOver'],
  [/^(?<id>\S+) hides it no longer$/, 'said.hidesNoLonger'],
  [/^(?<reason>.+): hidden by (?<id>\S+)$/s, 'said.hiddenBy'],
  [/^rose to (?<severity>\w+), above what was put aside$/, 'said.rose'],
  [/^shelved by (?<actor>\S+) with the alarm before: (?<reason>.+)$/s, 'said.shelvedBefore'],
  [/^(?<n>\d+) of (?<max>\d+) normal readings in a row$/, 'said.readings'],
];

/** What the program says as a reason, in the reader's language; as it is where there is no word for it. */
export function reasonText(words: Words, reason: string): string {
  const known = words.named('why', reason);
  if (known !== reason) return known;
  for (const [pattern, key] of PATTERNS) {
    const groups = pattern.exec(reason)?.groups;
    if (groups !== undefined) return words.t(key, { ...groups, ...severityOf(words, groups['severity']) });
  }
  return reason;
}

const severityOf = ({ t }: Words, severity: string | undefined): Record<string, string> =>
  severity === undefined ? {} : { severity: t(`severity.${severity}` as TextKey) };

/** Several reasons in one sentence of the server, as a refusal to close has them. */
export const reasonsText = (words: Words, detail: string): string =>
  detail
    .replace(/^refused as it stands: /, '')
    .split('; ')
    .map(part => reasonText(words, part))
    .join(words.t('said.and'));
