import { Button } from 'antd';
import type { BuildingTabProps } from '../buildings/building-tabs';
import { SafetyRefusal } from '../hazards/safety-refusal';
import { useMe } from '../session/data';
import { mayEngineer } from '../session/permissions';
import { Empty, PaneSkeleton, ProblemNote } from '../shell/notes';
import { useWords } from '../text/language';
import { DemandNotes } from './demand-notes';
import { DutyPanel } from './duty-panel';
import { PlanView } from './plan-view';
import { useDutyRounds, usePlans, useStartPlan } from './watch-data';

/** The watch over one building: the plan in force, or the last one. */
export function WatchTab({ building }: BuildingTabProps) {
  const { t } = useWords();
  const may = mayEngineer(useMe().data?.role);
  const query = usePlans('all', building.id);
  const rounds = useDutyRounds().data ?? [];
  const start = useStartPlan();
  if (query.isError) return <ProblemNote error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <PaneSkeleton />;
  const open = query.data.find(plan => plan.endedAt === null);
  const isDangerous = building.grade === 'C' || building.grade === 'D';
  return (
    <section data-testid="watch-tab">
      <DemandNotes buildingId={building.id} />
      {rounds
        .filter(round => round.buildingId === building.id)
        .map(round => (
          <DutyPanel key={round.id} round={round} name={building.name} />
        ))}
      {open === undefined && isDangerous && (
        <p className="merged-note" data-testid="not-watched">
          {t('wat.notWatched', { grade: building.grade ?? '' })}
          {may && (
            <Button size="small" type="primary" data-testid="watch-start" loading={start.isPending} onClick={() => start.mutate(building.id)}>
              {t('wat.start')}
            </Button>
          )}
        </p>
      )}
      {start.isError && <SafetyRefusal error={start.error} />}
      {query.data.length === 0 && !isDangerous && <Empty title={t('wat.none')} hint={t('wat.noneHint')} />}
      {query.data.map(plan => (
        <PlanView key={`${plan.id}${plan.version}`} plan={plan} />
      ))}
    </section>
  );
} // prettier-ignore
