import { useWords } from '../text/language';
import type { IncidentMap } from './incident-book';
import { owing } from './incident-text';

interface ReminderProps {
  readonly incidents: IncidentMap;
  readonly nowMs: number;
  readonly onChoose: (id: string) => void;
}

/** What the centre owes its incidents and is late with, or soon will be; a click leads to the most urgent. */
export function DutyReminder({ incidents, nowMs, onChoose }: ReminderProps) {
  const { t } = useWords();
  const { overdue, soon } = owing(incidents.values(), nowMs);
  const first = overdue[0] ?? soon[0];
  if (first === undefined) return null;
  return (
    <button
      type="button"
      className="duty-reminder num"
      data-testid="duty-reminder"
      data-overdue={overdue.length}
      data-soon={soon.length}
      onClick={() => onChoose(first.id)}
    >
      {overdue.length > 0 && <b>{t('timer.someOverdue', { n: overdue.length })}</b>}
      {soon.length > 0 && <span>{t('timer.someSoon', { n: soon.length })}</span>}
    </button>
  );
}
