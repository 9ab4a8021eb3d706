import type { YearBuilt } from '@anmai/lifecycle';
import type { Words } from '../text/words';

/** `1984 年`, `1985 年及以前`; what nobody knows says so. */
export function yearText({ t }: Words, built: YearBuilt): string {
  if (built.kind === 'unknown') return t('bld.notKnown');
  if (built.kind === 'exact') return t('fact.yearExact', { year: built.year });
  const { from, to } = built;
  if (from === null) return t('fact.yearBefore', { to: to ?? '' });
  return to === null ? t('fact.yearAfter', { from }) : t('fact.yearRange', { from, to });
}
