import type { Grade, Protection } from '@anmai/lifecycle';
import { useWords } from '../text/language';

/** The grade of the last appraisal. C and D are framed: they ask to be looked at; they are no alarm and take no alarm's colour. */
export function GradeBadge({ grade }: { readonly grade: Grade | null }) {
  const { t } = useWords();
  return (
    <span
      className={`grade-badge ${grade === null ? 'none' : grade}`}
      title={t('bld.gradeWhy')}
      data-grade={grade ?? ''}
    >
      {grade === null ? t('bld.gradeNone') : t('bld.grade', { grade })}
    </span>
  );
}

/** Nothing is said of a building without protection; that nobody has looked it up is said. */
export function ProtectionBadge({ protection }: { readonly protection: Protection }) {
  const { t } = useWords();
  if (protection === 'none') return <span className="quiet">{t('protection.none')}</span>;
  return (
    <span className={protection === 'unknown' ? 'quiet' : 'protection-badge'}>
      {t(`protection.${protection}`)}
    </span>
  );
}
