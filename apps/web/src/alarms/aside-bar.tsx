import { useMemo } from 'react';
import { useAlarms } from '../session/data';
import { useWords } from '../text/language';
import { ASIDES, asideCounts } from './aside';
import { NO_FILTER, type AlarmFilter } from './alarm-order';

interface BarProps {
  readonly filter: AlarmFilter;
  readonly onFilter: (filter: AlarmFilter) => void;
}

/** What is open and does not call, counted, with the way to see it: nothing is hidden without a trace. */
export function AsideBar({ filter, onFilter }: BarProps) {
  const { t } = useWords();
  const { alarms } = useAlarms();
  const counts = useMemo(() => asideCounts(alarms.values()), [alarms]);
  const shown = ASIDES.filter(aside => counts[aside] > 0 || filter.show === aside);
  if (shown.length === 0) return null;
  return (
    <div className="aside-bar" data-testid="aside-bar">
      <span className="quiet">{t('aside.title')}</span>
      {shown.map(aside => (
        <button
          key={aside}
          type="button"
          className="aside-chip"
          aria-pressed={filter.show === aside}
          data-testid={`aside-${aside}`}
          onClick={() => onFilter({ ...filter, show: filter.show === aside ? NO_FILTER.show : aside })}
        >
          {t(`show.${aside}`)} <b className="num">{counts[aside]}</b>
        </button>
      ))}
    </div>
  );
}
