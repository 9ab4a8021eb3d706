import { Button, Input, InputNumber, Select } from 'antd';
import type { ReactNode } from 'react';
import {
  CODE_CHARS_MAX,
  CODE_SCHEMES,
  RENOVATION_KINDS,
  YEAR_MAX,
  YEAR_MIN,
  type BuildingCode,
  type BuildingFile,
  type CodeScheme,
  type Reinforcement,
  type Renovation,
  type RenovationKind,
} from '@anmai/lifecycle';
import { useWords } from '../text/language';
import type { TextKey } from '../text/words';

interface ListProps<T> {
  readonly title: TextKey;
  readonly rows: readonly T[];
  readonly blank: T;
  readonly onChange: (rows: readonly T[]) => void;
  readonly row: (row: T, put: (change: Partial<T>) => void) => ReactNode;
}

/** Rows that can be added and taken away. */
function RowList<T>({ title, rows, blank, onChange, row }: ListProps<T>) {
  const { t } = useWords();
  const put = (n: number, change: Partial<T>): void =>
    onChange(rows.map((each, i) => (i === n ? { ...each, ...change } : each)));
  return (
    <div className="row-list" role="group" aria-label={t(title)}>
      <span className="quiet">{t(title)}</span>
      {rows.map((each, n) => (
        <div key={n} className="row-list-row">
          {row(each, change => put(n, change))}
          <Button
            size="small"
            type="text"
            aria-label={t('fact.remove')}
            onClick={() => onChange(rows.filter((_, i) => i !== n))}
          >
            ✕
          </Button>
        </div>
      ))}
      <Button size="small" onClick={() => onChange([...rows, blank])}>
        {t('fact.add')}
      </Button>
    </div>
  );
}

type Part<K extends keyof BuildingFile> = {
  readonly value: BuildingFile[K];
  readonly onChange: (value: BuildingFile[K]) => void;
};

export function CodeRows({ value, onChange }: Part<'codes'>) {
  const { t } = useWords();
  return (
    <RowList<BuildingCode>
      title="fact.codes"
      rows={value}
      blank={{ scheme: 'local', code: '' }}
      onChange={onChange}
      row={(code, put) => (
        <>
          <Select<CodeScheme>
            value={code.scheme}
            popupMatchSelectWidth={false}
            onChange={scheme => put({ scheme })}
            options={CODE_SCHEMES.map(scheme => ({ value: scheme, label: t(`scheme.${scheme}`) }))}
          />
          <Input
            value={code.code}
            maxLength={CODE_CHARS_MAX}
            aria-label={t('fact.codes')}
            onChange={event => put({ code: event.target.value })}
          />
        </>
      )}
    />
  );
}

function YearInput({ value, onChange }: { value: number | null; onChange: (year: number | null) => void }) {
  const { t } = useWords();
  return (
    <InputNumber<number>
      value={value}
      min={YEAR_MIN}
      max={YEAR_MAX}
      placeholder={t('fact.year')}
      aria-label={t('fact.year')}
      onChange={onChange}
    />
  );
}

export function RenovationRows({ value, onChange }: Part<'renovations'>) {
  const { t } = useWords();
  return (
    <RowList<Renovation>
      title="fact.renovations"
      rows={value}
      blank={{ year: null, kind: 'other', note: '' }}
      onChange={onChange}
      row={(work, put) => (
        <>
          <YearInput value={work.year} onChange={year => put({ year })} />
          <Select<RenovationKind>
            value={work.kind}
            popupMatchSelectWidth={false}
            onChange={kind => put({ kind })}
            options={RENOVATION_KINDS.map(kind => ({ value: kind, label: t(`renovation.${kind}`) }))}
          />
          <Input
            value={work.note}
            placeholder={t('fact.note')}
            onChange={event => put({ note: event.target.value })}
          />
        </>
      )}
    />
  );
}

export function ReinforcementRows({ value, onChange }: Part<'reinforcements'>) {
  const { t } = useWords();
  return (
    <RowList<Reinforcement>
      title="fact.reinforcements"
      rows={value}
      blank={{ year: null, method: '', by: '' }}
      onChange={onChange}
      row={(work, put) => (
        <>
          <YearInput value={work.year} onChange={year => put({ year })} />
          <Input
            value={work.method}
            placeholder={t('fact.method')}
            onChange={event => put({ method: event.target.value })}
          />
          <Input
            value={work.by}
            placeholder={t('fact.by')}
            onChange={event => put({ by: event.target.value })}
          />
        </>
      )}
    />
  );
}
