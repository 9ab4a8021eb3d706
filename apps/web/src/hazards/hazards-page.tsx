import { Input, Segmented, Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import { HAZARD_LEVELS } from '@anmai/lifecycle';
import { go, NOTHING, type Route } from '../shell/route';
import { useWords } from '../text/language';
import { useHazardStatistics, type HazardFilter } from './hazard-data';
import { HazardDetail } from './hazard-detail';
import { HazardList } from './hazard-list';

const STATES = ['open', 'overdue', 'closed', 'dismissed', 'all'] as const;
const chooseHazard = (view: string): void => go({ page: 'hazards', ...NOTHING, view });

/** All hazards of the city: the loop in numbers, the list, and one of them. */
export function HazardsPage({ route }: { readonly route: Route }) {
  const { t } = useWords();
  const [filter, setFilter] = useState<HazardFilter>({ state: 'open' });
  const asked = useDeferredValue(filter);
  const chosen = route.view ?? null;
  return (
    <main className="pane page hazards-page" data-testid="hazards-page">
      <div className="page-head">
        <h2>{t('page.hazards')}</h2>
        <Segmented<HazardFilter['state']>
          size="small"
          value={filter.state}
          onChange={state => setFilter({ ...filter, state })}
          options={STATES.map(value => ({ value, label: t(`hazState.${value}`) }))}
        />
      </div>
      <Statistics onOverdue={() => setFilter({ ...filter, state: 'overdue' })} />
      <div className="building-filter">
        <Input
          allowClear
          style={{ width: 240 }}
          placeholder={t('haz.search')}
          aria-label={t('haz.search')}
          value={filter.q}
          onChange={event => setFilter({ ...filter, q: event.target.value })}
        />
        <Select
          allowClear
          style={{ width: 140 }}
          placeholder={t('haz.level')}
          aria-label={t('haz.level')}
          value={filter.level}
          onChange={level => setFilter({ ...filter, level })}
          options={HAZARD_LEVELS.map(value => ({ value, label: t(`hazLevel.${value}`) }))}
        />
      </div>
      <div className={chosen === null ? '' : 'hazard-work'}>
        <div>
          <HazardList filter={asked} chosenId={chosen} withBuilding onChoose={chooseHazard} />
        </div>
        {chosen !== null && <HazardDetail key={chosen} id={chosen} />}
      </div>
    </main>
  );
}

/** The loop of the last 30 days. What is late comes with its weight; the rest stays quiet. */
function Statistics({ onOverdue }: { readonly onOverdue: () => void }) {
  const { t } = useWords();
  const stats = useHazardStatistics().data;
  if (stats === undefined) return <div className="hazard-stats" aria-busy="true" />;
  const days = stats.medianDaysTenths === null ? '–' : (stats.medianDaysTenths / 10).toFixed(1);
  const inTime = stats.closedInTime === null ? '–' : `${stats.closedInTime}/${stats.closed}`;
  const cells: readonly (readonly [string, string | number])[] = [
    [t('hazStat.found'), stats.found],
    [t('hazStat.controlled'), stats.controlled],
    [t('hazStat.closed'), stats.closed],
    [t('hazStat.inTime'), inTime],
    [t('hazStat.days'), days],
    [t('hazStat.reopened'), stats.reopened],
    [t('hazStat.open'), stats.open],
    [t('hazStat.uncontrolled'), stats.uncontrolled],
  ];
  return (
    <dl className="hazard-stats" data-testid="hazard-stats">
      {cells.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd className="num">{value}</dd>
        </div>
      ))}
      <div className={stats.overdue > 0 ? 'overdue' : ''}>
        <dt>{t('hazStat.overdue')}</dt>
        <dd className="num">
          {stats.overdue === 0 ? (
            0
          ) : (
            <button type="button" className="as-link" onClick={onOverdue}>
              {stats.overdue}
            </button>
          )}
        </dd>
      </div>
    </dl>
  );
}
