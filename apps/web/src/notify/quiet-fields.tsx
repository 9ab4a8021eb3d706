import { Button, Select } from 'antd';
import { ClockInput } from '../shell/clock-input';
import { useWords } from '../text/language';
import { clockOf, spanOf } from './day-time';
import type { ContactsBody } from './notify-data';

type Quiet = ContactsBody['quiet'][number];
/** Red is never quiet. */
const UP_TO = ['blue', 'yellow', 'orange'] as const;
const NIGHT: Quiet = { fromMinute: 1_320, toMinute: 1_860, upTo: 'yellow' };

interface FieldsProps {
  readonly quiet: readonly Quiet[];
  readonly onChange: (quiet: Quiet[]) => void;
}

/** When a person is not to be disturbed, and up to which severity. */
export function QuietFields({ quiet, onChange }: FieldsProps) {
  const { t } = useWords();
  const set = (at: number, change: Partial<Quiet> | null): void =>
    onChange(quiet.map((each, i) => (i === at ? { ...each, ...change } : each)));
  return (
    <div className="shift-rows">
      <h3>{t('quiet.title')}</h3>
      <p className="quiet">{t('quiet.hint')}</p>
      {quiet.map((each, i) => {
        const from = clockOf(each.fromMinute);
        const to = clockOf(each.toMinute);
        return (
          <div className="shift-row" key={i} data-testid="quiet-row">
            <span className="with-unit">
              <ClockInput label={t('rota.from')} value={from} onChange={clock => set(i, spanOf(clock, to))} />
              –
              <ClockInput label={t('rota.to')} value={to} onChange={clock => set(i, spanOf(from, clock))} />
              {each.toMinute > 1_440 && <span className="quiet">{t('rota.nextDay')}</span>}
            </span>
            <Select<Quiet['upTo']>
              style={{ minWidth: 128 }}
              aria-label={t('quiet.upTo')}
              value={each.upTo}
              onChange={upTo => set(i, { upTo })}
              options={UP_TO.map(value => ({
                value,
                label: t('match.upTo', { severity: t(`severity.${value}`) }),
              }))}
            />
            <Button
              size="small"
              type="text"
              title={t('quiet.remove')}
              aria-label={t('quiet.remove')}
              onClick={() => onChange(quiet.filter((_, k) => k !== i))}
            >
              ×
            </Button>
          </div>
        );
      })}
      <Button size="small" type="link" data-testid="quiet-add" onClick={() => onChange([...quiet, NIGHT])}>
        + {t('quiet.add')}
      </Button>
    </div>
  );
}
