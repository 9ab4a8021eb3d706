import { Button, Segmented, Table } from 'antd';
import { useState } from 'react';
import type { WatchPlanShape } from '@anmai/wire';
import { SafetyRefusal } from '../hazards/safety-refusal';
import { useMe } from '../session/data';
import { mayEngineer } from '../session/permissions';
import { Empty, ListSkeleton, ProblemNote } from '../shell/notes';
import { go, NOTHING, type Route } from '../shell/route';
import { fullTime } from '../text/format';
import { useWords } from '../text/language';
import { DemandNotes } from './demand-notes';
import { DutyPanel } from './duty-panel';
import { PlanView } from './plan-view';
import { useDutyRounds, usePlans, useStartPlan, useUnwatched } from './watch-data';

const choosePlan = (view: string): void => go({ page: 'watch', ...NOTHING, view });

/** All C and D buildings: who must be called now, which nobody watches, and every plan. */
export function WatchPage({ route }: { readonly route: Route }) {
  const { t } = useWords();
  const [state, setState] = useState<'open' | 'ended'>('open');
  const query = usePlans(state);
  const rounds = useDutyRounds().data ?? [];
  const plans = query.data ?? [];
  const unwatched = useUnwatched().data ?? [];
  const names = new Map([...plans, ...unwatched].map(each => [each.buildingId, each.buildingName]));
  const nameOf = (id: string): string => names.get(id) ?? id;
  const chosen = plans.find(plan => plan.id === route.view);
  return (
    <main className="pane page watch-page" data-testid="watch-page">
      <div className="page-head">
        <h2>{t('page.watch')}</h2>
        <Segmented<'open' | 'ended'>
          size="small"
          value={state}
          onChange={setState}
          options={(['open', 'ended'] as const).map(value => ({ value, label: t(`watState.${value}`) }))}
        />
      </div>
      {rounds.map(round => (
        <DutyPanel key={round.id} round={round} name={nameOf(round.buildingId)} />
      ))}
      <DemandNotes nameOf={nameOf} />
      <Unwatched rows={unwatched} />
      {query.isError && <ProblemNote error={query.error} onRetry={() => void query.refetch()} />}
      <div className={chosen === undefined ? '' : 'hazard-work'}>
        {query.isPending ? <ListSkeleton /> : <PlanList plans={plans} chosenId={route.view ?? null} />}
        {chosen !== undefined && <PlanView key={`${chosen.id}${chosen.version}`} plan={chosen} />}
      </div>
    </main>
  );
}

/** Nobody looks at these: said before anything else, since a quiet list would look as if all were well. */
function Unwatched({ rows }: { readonly rows: readonly { buildingId: string; buildingName: string; grade: string }[] }) {
  const { t } = useWords();
  const may = mayEngineer(useMe().data?.role);
  const start = useStartPlan();
  if (rows.length === 0) return null;
  return (
    <section className="merged-note" data-testid="unwatched">
      <b>{t('wat.unwatched', { n: rows.length })}</b>
      <ul className="unwatched">
        {rows.slice(0, 50).map(row => (
          <li key={row.buildingId}>
            <span className={`grade-badge ${row.grade}`}>{row.grade}</span> {row.buildingName}
            {may && (
              <Button size="small" type="link" data-start={row.buildingId} onClick={() => start.mutate(row.buildingId)}>
                {t('wat.start')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {start.isError && <SafetyRefusal error={start.error} />}
    </section>
  );
} // prettier-ignore

function PlanList({ plans, chosenId }: { readonly plans: readonly WatchPlanShape[]; readonly chosenId: string | null }) {
  const { t } = useWords();
  const blind = (plan: WatchPlanShape): number => plan.items.filter(item => item.sensorIds.length === 0).length;
  const progress = ({ measures }: WatchPlanShape): string =>
    measures.length === 0 ? '–' : measures.map(each => `${t(`watMeasure.${each.kind}`)} ${each.progressPercent} %`).join('、');
  return (
    <Table
      size="small"
      rowKey="id"
      className="hazard-table"
      pagination={false}
      dataSource={[...plans]}
      rowClassName={row => (row.id === chosenId ? 'chosen' : '')}
      onRow={({ id }) => ({ 'data-plan-row': id, onClick: () => choosePlan(id) }) as object}
      locale={{ emptyText: <Empty title={t('wat.none')} hint={t('wat.noneHint')} /> }}
      columns={[
        { title: t('wat.grade'), width: 64, render: (_, plan) => <span className={`grade-badge ${plan.grade}`}>{plan.grade}</span> },
        { title: t('haz.building'), render: (_, plan) => <button type="button" className="as-link" onClick={() => choosePlan(plan.id)}>{plan.buildingName}</button> },
        { title: t('wat.items'), width: 150, render: (_, plan) => (<>{plan.items.length} {blind(plan) > 0 && <span className="hatched-word">{t('wat.blindItems', { n: blind(plan) })}</span>}</>) },
        { title: t('wat.duty'), width: 110, render: (_, plan) => (plan.duty.length === 0 ? <span className="hatched-word">{t('wat.nobody')}</span> : t('wat.persons', { n: plan.duty.length })) },
        { title: t('wat.measures'), render: (_, plan) => progress(plan) },
        { title: t('wat.sinceCol'), width: 120, render: (_, plan) => <span className="num">{fullTime(plan.startedAt).slice(0, 10)}</span> },
      ]}
    />
  );
} // prettier-ignore
