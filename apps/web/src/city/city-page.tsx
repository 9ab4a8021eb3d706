import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { reportMonthOf, monthsAfter } from '@anmai/lifecycle';
import type { CityShape } from '@anmai/wire';
import { Download } from '../money/download';
import { useCentre } from '../session/centre';
import { PaneSkeleton, ProblemNote } from '../shell/notes';
import { useNow } from '../shell/now';
import { fullTime, ZONE_AHEAD_MS } from '../text/format';
import { useWords } from '../text/language';
import { CityDistricts } from './city-districts';
import { CityTable } from './city-table';

const MONTHS = 13;
const MINUTE_MS = 60_000;

/** The indicators of the city in one month: how many of how many, against the target; no data is its own answer. */
export function CityPage() {
  const { t, lang } = useWords();
  const { api } = useCentre();
  const now = useNow(MINUTE_MS);
  const running = reportMonthOf(now, ZONE_AHEAD_MS);
  const [chosen, setChosen] = useState<string | null>(null);
  const month = chosen ?? running;
  const query = useQuery({
    queryKey: ['city', month],
    placeholderData: keepPreviousData,
    refetchInterval: 5 * MINUTE_MS,
    queryFn: ({ signal }) => api.get<CityShape>('/kpi/city', { month }, signal),
  });
  const months = Array.from({ length: MONTHS }, (_, i) => monthsAfter(running, -i));
  const report = `?month=${month}&language=${lang}`;
  return (
    <main className="pane page" data-testid="city-page">
      <div className="page-head">
        <h2>{t('page.city')}</h2>
        <Select
          size="small"
          aria-label={t('city.month')}
          value={month}
          onChange={setChosen}
          options={months.map(value => ({ value, label: value }))}
        />
        <Download path={`/reports/city.pdf${report}`} name={`city-${month}.pdf`} label={t('city.pdf')} />
        <Download path={`/reports/city.xlsx${report}`} name={`city-${month}.xlsx`} label={t('city.xlsx')} />
        {query.data && (
          <span className="quiet">
            {query.data.isRunning ? t('city.running', { time: fullTime(query.data.at) }) : t('city.complete')}
          </span>
        )}
      </div>
      {query.isError && <ProblemNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <PaneSkeleton />}
      {query.data && (
        <>
          <CityTable items={query.data.items} />
          <p className="quiet city-note">{t('city.provisional')}</p>
          <CityDistricts items={query.data.items} />
        </>
      )}
    </main>
  );
}
