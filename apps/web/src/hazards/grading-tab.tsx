import { Button } from 'antd';
import { useState } from 'react';
import type { AppraisalShape } from '@anmai/wire';
import type { BuildingTabProps } from '../buildings/building-tabs';
import { useMe } from '../session/data';
import { mayEngineer } from '../session/permissions';
import { Empty, PaneSkeleton, ProblemNote } from '../shell/notes';
import { fullTime } from '../text/format';
import { useWords } from '../text/language';
import { AppraisalForm } from './appraisal-form';
import { Steps } from './grading-steps';
import { useAppraisals } from './hazard-data';

/** Appraisal reports of a building: the verdict of the agency, and beside it what is computed from what it counted. */
export function GradingTab({ building }: BuildingTabProps) {
  const { t } = useWords();
  const me = useMe().data;
  const [isNew, setNew] = useState(false);
  const query = useAppraisals(building.id);
  if (query.isError) return <ProblemNote error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <PaneSkeleton />;
  const { items } = query.data;
  return (
    <section data-testid="grading-tab">
      <div className="file-actions">
        <span className="quiet">{t('bld.gradeWhy')}</span>
        {mayEngineer(me?.role) && (
          <Button size="small" data-testid="appraisal-new" onClick={() => setNew(!isNew)}>
            {t('apr.new')}
          </Button>
        )}
      </div>
      {isNew && <AppraisalForm buildingId={building.id} onDone={() => setNew(false)} />}
      {items.length === 0 && <Empty title={t('apr.none')} hint={t('apr.noneHint')} />}
      {items.map(each => (
        <Report key={each.id} appraisal={each} />
      ))}
    </section>
  );
}

function Report({ appraisal }: { readonly appraisal: AppraisalShape }) {
  const { t } = useWords();
  const { computed, handling, differences } = appraisal;
  return (
    <article
      className={appraisal.isInForce ? 'appraisal' : 'appraisal past'}
      data-appraisal-id={appraisal.id}
    >
      <header className="building-head">
        <span className={`grade-badge ${appraisal.grade}`}>{t('bld.grade', { grade: appraisal.grade })}</span>
        <b>{appraisal.reportNumber}</b>
        <span>{appraisal.agency}</span>
        <span className="num">{fullTime(appraisal.reportedAt).slice(0, 10)}</span>
        {handling !== null && <span className="protection-badge">{t(`aprHandling.${handling}`)}</span>}
        <span className="quiet">{t(appraisal.isInForce ? 'apr.inForce' : 'apr.past')}</span>
      </header>
      <p className="quiet">
        {t('apr.sha')} <span className="num">{appraisal.report?.sha256.slice(0, 16) ?? '–'}</span>
        {appraisal.note !== '' && ` · ${appraisal.note}`}
      </p>
      {differences.map(each => (
        <p key={each.what} className={each.what === 'grade' ? 'merged-note' : 'quiet'}>
          {t(`aprDiff.${each.what}`, { computed: each.computed ?? '–', agency: each.agency })}
        </p>
      ))}
      {computed !== null && <Steps grading={computed} />}
    </article>
  );
}
