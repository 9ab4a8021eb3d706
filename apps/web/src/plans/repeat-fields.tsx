import { Checkbox, Input, InputNumber, Segmented, Select } from 'antd';
import { FormField } from '../shell/form-field';
import { useWords } from '../text/language';
import { repeatAs, WEEKDAYS, type Repeat, type RepeatEnd, type RepeatKind, type Weekday } from './repeat';

const KINDS: readonly RepeatKind[] = ['once', 'daily', 'weekly', 'monthly', 'own'];
const EVERY_MAX = 100;
const COUNT_MAX = 1_000;
const MONTH_DAYS = [...Array.from({ length: 31 }, (_, i) => i + 1), -1];
type Regular = Extract<Repeat, { readonly every: number }>;

interface FieldsProps {
  readonly repeat: Repeat;
  readonly onChange: (repeat: Repeat) => void;
}

/** Once, or again and again: the fields of the rule instead of the rule, which stays within reach. */
export function RepeatFields({ repeat, onChange }: FieldsProps) {
  const { t } = useWords();
  return (
    <>
      <FormField label={t('window.repeat')} wide>
        <Segmented<RepeatKind>
          size="small"
          value={repeat.kind}
          data-testid="repeat-kind"
          onChange={kind => onChange(repeatAs(kind, repeat))}
          options={KINDS.map(value => ({ value, label: t(`repeat.${value}`) }))}
        />
      </FormField>
      {repeat.kind === 'own' && (
        <FormField label="RRULE" hint={t('repeat.ownHint')} wide>
          <Input
            size="small"
            value={repeat.text}
            aria-label="RRULE"
            maxLength={500}
            onChange={event => onChange({ kind: 'own', text: event.target.value })}
          />
        </FormField>
      )}
      {'every' in repeat && <RegularFields repeat={repeat} onChange={onChange} />}
    </>
  );
}

function RegularFields({
  repeat,
  onChange,
}: {
  readonly repeat: Regular;
  readonly onChange: (repeat: Repeat) => void;
}) {
  const { t } = useWords();
  return (
    <>
      <FormField label={t('repeat.every')} after={t(`repeat.${repeat.kind}Unit`)}>
        <InputNumber
          size="small"
          controls={false}
          min={1}
          max={EVERY_MAX}
          precision={0}
          value={repeat.every}
          aria-label={t('repeat.every')}
          onChange={every => onChange({ ...repeat, every: every ?? 1 })}
        />
      </FormField>
      {repeat.kind === 'weekly' && (
        <FormField label={t('repeat.days')} hint={t('repeat.daysHint')}>
          <Checkbox.Group<Weekday>
            value={[...repeat.days]}
            onChange={days => onChange({ ...repeat, days })}
            options={WEEKDAYS.map(value => ({ value, label: t(`weekday.${value}`) }))}
          />
        </FormField>
      )}
      {repeat.kind === 'monthly' && (
        <FormField label={t('repeat.monthDays')} hint={t('repeat.daysHint')}>
          <Select<number[]>
            mode="multiple"
            style={{ minWidth: 200 }}
            aria-label={t('repeat.monthDays')}
            value={[...repeat.monthDays]}
            onChange={monthDays => onChange({ ...repeat, monthDays: [...monthDays].sort((a, b) => a - b) })}
            options={MONTH_DAYS.map(value => ({
              value,
              label: value < 0 ? t('repeat.last') : t('repeat.dayOf', { n: value }),
            }))}
          />
        </FormField>
      )}
      <EndField end={repeat.end} onChange={end => onChange({ ...repeat, end })} />
    </>
  );
}

function EndField({
  end,
  onChange,
}: {
  readonly end: RepeatEnd;
  readonly onChange: (end: RepeatEnd) => void;
}) {
  const { t } = useWords();
  const kind = end === null ? 'never' : 'count' in end ? 'count' : 'until';
  const today = new Date().toISOString().slice(0, 10);
  return (
    <FormField label={t('repeat.end')}>
      <Select
        size="small"
        style={{ minWidth: 112 }}
        value={kind}
        aria-label={t('repeat.end')}
        onChange={next =>
          onChange(next === 'never' ? null : next === 'count' ? { count: 10 } : { until: today })
        }
        options={(['never', 'count', 'until'] as const).map(value => ({
          value,
          label: t(`repeat.end.${value}`),
        }))}
      />
      {end !== null && 'count' in end && (
        <InputNumber
          size="small"
          controls={false}
          min={1}
          max={COUNT_MAX}
          precision={0}
          value={end.count}
          aria-label={t('repeat.times')}
          onChange={count => onChange({ count: count ?? 1 })}
        />
      )}
      {end !== null && 'until' in end && (
        <input
          type="date"
          className="wall num"
          aria-label={t('repeat.lastDay')}
          value={end.until}
          onChange={event => event.target.value !== '' && onChange({ until: event.target.value })}
        />
      )}
    </FormField>
  );
}
