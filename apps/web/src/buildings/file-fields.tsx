import { Input, InputNumber, Select } from 'antd';
import type { ReactNode } from 'react';
import { ANSWERS, YEAR_MAX, YEAR_MIN, type Answer, type Party, type YearBuilt } from '@anmai/lifecycle';
import { useWords } from '../text/language';
import type { TextKey } from '../text/words';

export function Field({ label, children }: { readonly label: TextKey; readonly children: ReactNode }) {
  const { t } = useWords();
  return (
    <label className="file-field">
      <span>{t(label)}</span>
      {children}
    </label>
  );
}

interface Valued<T> {
  readonly label: TextKey;
  readonly value: T;
  readonly onChange: (value: T) => void;
}

export const TextField = ({
  label,
  value,
  onChange,
  testId,
}: Valued<string> & { readonly testId?: string }) => (
  <Field label={label}>
    <Input
      value={value}
      maxLength={200}
      data-testid={testId}
      onChange={event => onChange(event.target.value)}
    />
  </Field>
);

export const NumberField = ({
  label,
  value,
  onChange,
  max,
}: Valued<number | null> & { readonly max: number }) => (
  <Field label={label}>
    <InputNumber<number> value={value} min={0} max={max} onChange={next => onChange(next)} />
  </Field>
);

export function ChoiceField<T extends string>({
  label,
  value,
  onChange,
  options,
  text,
}: Valued<T> & { readonly options: readonly T[]; readonly text: (value: T) => string }) {
  return (
    <Field label={label}>
      <Select<T>
        value={value}
        onChange={onChange}
        options={options.map(each => ({ value: each, label: text(each) }))}
      />
    </Field>
  );
}

export function AnswerField(props: Valued<Answer>) {
  const { t } = useWords();
  return <ChoiceField {...props} options={ANSWERS} text={answer => t(`answer.${answer}`)} />;
}

export function PartyField({ label, value, onChange }: Valued<Party | null>) {
  const { t } = useWords();
  const party: Party = value ?? { kind: 'organisation', name: '', phone: null };
  const put = (change: Partial<Party>): void => {
    const next = { ...party, ...change };
    onChange(next.name === '' && next.phone === null ? null : next);
  };
  return (
    <div className="file-field party-field" role="group" aria-label={t(label)}>
      <span>{t(label)}</span>
      <Select<Party['kind']>
        value={party.kind}
        onChange={kind => put({ kind })}
        options={(['organisation', 'person'] as const).map(kind => ({
          value: kind,
          label: t(`party.${kind}`),
        }))}
      />
      <Input
        value={party.name}
        placeholder={t('fact.name')}
        onChange={event => put({ name: event.target.value })}
      />
      <Input
        value={party.phone ?? ''}
        placeholder={t('fact.phone')}
        onChange={event => put({ phone: event.target.value === '' ? null : event.target.value })}
      />
    </div>
  );
}

const KINDS = ['exact', 'range', 'unknown'] as const;
const year = (value: number | null, onChange: (value: number | null) => void, label: string) => (
  <InputNumber<number>
    aria-label={label}
    placeholder={label}
    value={value}
    min={YEAR_MIN}
    max={YEAR_MAX}
    onChange={onChange}
  />
);

/** The year as well as it is known: one, a range open on one side, or none. */
export function YearField({ value, onChange }: Omit<Valued<YearBuilt>, 'label'>) {
  const { t } = useWords();
  const start =
    value.kind === 'exact' ? value.year : value.kind === 'range' ? (value.from ?? value.to) : null;
  const choose = (kind: YearBuilt['kind']): void => {
    if (kind === 'unknown') onChange({ kind });
    else if (kind === 'exact') onChange({ kind, year: start ?? 1980 });
    else onChange({ kind, from: start, to: start ?? 1980 });
  };
  return (
    <div className="file-field year-field" role="group" aria-label={t('fact.built')}>
      <span>{t('fact.built')}</span>
      <Select<YearBuilt['kind']>
        value={value.kind}
        onChange={choose}
        options={KINDS.map(kind => ({ value: kind, label: t(`fact.yearKind.${kind}`) }))}
      />
      {value.kind === 'exact' &&
        year(value.year, next => next !== null && onChange({ kind: 'exact', year: next }), t('fact.year'))}
      {value.kind === 'range' && (
        <>
          {year(value.from, from => onChange({ ...value, from }), t('fact.from'))}
          {year(value.to, to => onChange({ ...value, to }), t('fact.to'))}
        </>
      )}
    </div>
  );
}
