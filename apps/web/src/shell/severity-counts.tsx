import type { Severity } from '@anmai/catalog';
import { useMemo } from 'react';
import { countBySeverity } from '../alarms/alarm-order';
import { WORST_FIRST } from '../alarms/severity';
import { SeverityMark } from '../look/severity-mark';
import { useAlarms } from '../session/data';
import { useWords } from '../text/language';

interface CountsProps {
  readonly chosen: Severity | null;
  readonly onChoose: (severity: Severity | null) => void;
}

/** How many of each severity are going on. Read from across the room: large figures, shapes, worst first. */
export function SeverityCounts({ chosen, onChoose }: CountsProps) {
  const { t } = useWords();
  const { alarms, query } = useAlarms();
  // An unknown number is never drawn as none.
  const known = query.isSuccess || alarms.size > 0;
  const counts = useMemo(() => countBySeverity(alarms.values()), [alarms]);
  return (
    <div className="severity-counts">
      {WORST_FIRST.map(severity => {
        const { open, fresh } = counts[severity];
        return (
          <button
            key={severity}
            type="button"
            aria-pressed={chosen === severity}
            className={['severity-count', open === 0 ? 'none' : '', chosen === severity ? 'chosen' : ''].join(
              ' ',
            )}
            title={t('severity.count', { severity: t(`severity.${severity}`), open, fresh })}
            onClick={() => onChoose(chosen === severity ? null : severity)}
          >
            <SeverityMark
              severity={severity}
              fill={open === 0 ? 'hollow' : 'solid'}
              muted={open === 0}
              size={18}
              pulsing={fresh > 0}
            />
            <span className="word">{t(`severity.${severity}`)}</span>
            <b className="num">{known ? open : '…'}</b>
          </button>
        );
      })}
    </div>
  );
}
