import { Button, Table } from 'antd';
import { useState } from 'react';
import type { WatchPlanShape } from '@anmai/wire';
import { SafetyRefusal } from '../hazards/safety-refusal';
import { useMe } from '../session/data';
import { mayEngineer } from '../session/permissions';
import { chooseBuilding } from '../shell/route';
import { fullTime } from '../text/format';
import { useWords } from '../text/language';
import type { Words } from '../text/words';
import { MonthReport } from './month-report';
import { PlanForm } from './plan-form';
import { useEndPlan } from './watch-data';

type Item = WatchPlanShape['items'][number];

/** One monitoring plan: what is watched, whom to call, what is done until 解危, and what the month has shown. */
export function PlanView({ plan }: { readonly plan: WatchPlanShape }) {
  const { t } = useWords();
  const me = useMe().data;
  const [isEdited, setEdited] = useState(false);
  const end = useEndPlan(plan.id);
  const may = mayEngineer(me?.role) && plan.endedAt === null;
  return (
    <article className="watch-plan" data-testid="watch-plan" data-plan-id={plan.id} data-ended={plan.endedAt !== null}>
      <header className="building-head">
        <h2>
          <button type="button" className="as-link" onClick={() => chooseBuilding(plan.buildingId, 'watch')}>
            {plan.buildingName}
          </button>
        </h2>
        <span className={`grade-badge ${plan.grade}`}>{t('bld.grade', { grade: plan.grade })}</span>
        <span className="quiet">
          {t('wat.since', { at: fullTime(plan.startedAt).slice(0, 16) })}
          {plan.endedAt !== null && ` · ${t('wat.ended', { at: fullTime(plan.endedAt).slice(0, 16), id: plan.endedByAppraisalId ?? '' })}`}
        </span>
      </header>
      {may && !isEdited && (
        <div className="file-actions">
          <Button size="small" data-testid="watch-edit" onClick={() => setEdited(true)}>
            {t('bld.edit')}
          </Button>
          <Button size="small" data-testid="watch-end" loading={end.isPending} onClick={() => end.mutate()}>
            {t('wat.end')}
          </Button>
          <span className="quiet">{t('wat.endHint')}</span>
        </div>
      )}
      {end.isError && <SafetyRefusal error={end.error} />}
      {isEdited ? (
        <PlanForm plan={plan} onDone={() => setEdited(false)} />
      ) : (
        <>
          <Items items={plan.items} />
          <Duty plan={plan} />
          <Measures plan={plan} />
        </>
      )}
      <MonthReport plan={plan} />
    </article>
  );
} // prettier-ignore

const levelsText = (levels: Item['amount']): string =>
  levels === null ? '–' : `${levels.yellow} / ${levels.orange} / ${levels.red}`;

function Items({ items }: { readonly items: readonly Item[] }) {
  const words = useWords();
  const { t } = words;
  return (
    <Table
      size="small"
      rowKey="id"
      pagination={false}
      dataSource={[...items]}
      title={() => <h3>{t('wat.items')}</h3>}
      columns={[
        { title: t('wat.item'), render: (_, item) => <ItemName item={item} words={words} /> },
        { title: t('wat.method'), width: 110, render: (_, item) => t(`watMethod.${item.method}`) },
        {
          title: t('wat.sensors'),
          render: (_, item) =>
            item.sensorIds.length === 0 ? <span className="hatched-word">{t('wat.noSensor')}</span> : item.sensorIds.join(' '),
        },
        { title: t('wat.amountOf'), width: 170, render: (_, item) => <span className="num">{levelsText(item.amount)} {item.amount === null ? '' : item.unit}</span> },
        { title: t('wat.rateOf'), width: 190, render: (_, item) => <span className="num">{levelsText(item.rate)} {item.rate === null ? '' : `${item.unit}${t(`wat.per.${item.ratePer}`)}`}</span> },
        {
          title: t('wat.ground'),
          render: (_, item) => (
            <>
              {t(`standing.${item.standing}`)}
              <div className="quiet">{item.ground}</div>
            </>
          ),
        },
      ]}
    />
  );
} // prettier-ignore

const ItemName = ({ item, words }: { readonly item: Item; readonly words: Words }) => (
  <>
    <b>{words.named('quantity', item.quantity)}</b>
    <div className="quiet">{item.where}</div>
  </>
);

function Duty({ plan }: { readonly plan: WatchPlanShape }) {
  const { t } = useWords();
  return (
    <section>
      <h3>{t('wat.duty')}</h3>
      {plan.duty.length === 0 ? (
        <p className="merged-note">{t('duty.empty')}</p>
      ) : (
        <ol className="duty-lines">
          {plan.duty.map(person => (
            <li key={person.id}>
              <b>{person.name}</b>
              <span className="quiet">{person.role}</span>
              <span className="num">{person.phone}</span>
              <span className="num">{t('duty.people', { n: person.people })}</span>
            </li>
          ))}
        </ol>
      )}
      <p className="quiet">
        {t('wat.dutyRule', { minutes: plan.confirmMinutes, days: plan.patrolEveryDays, severity: t(`severity.${plan.checkupFrom}`) })}
      </p>
    </section>
  );
} // prettier-ignore

function Measures({ plan }: { readonly plan: WatchPlanShape }) {
  const { t } = useWords();
  return (
    <section>
      <h3>{t('wat.measures')}</h3>
      {plan.measures.length === 0 && <p className="quiet">{t('wat.noMeasure')}</p>}
      <ol className="duty-lines">
        {plan.measures.map(measure => (
          <li key={measure.id} data-measure={measure.id}>
            <b>{measure.title}</b>
            <span>{t(`watMeasure.${measure.kind}`)}</span>
            <span className="num">
              {fullTime(measure.plannedFrom).slice(0, 10)} – {fullTime(measure.plannedTo).slice(0, 10)}
            </span>
            <progress max={100} value={measure.progressPercent} />
            <span className="num">{measure.progressPercent} %</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
