import { InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useWords } from '../text/language';
import { bestUnit, UNIT_MS, UNITS, type TimeUnit } from './span-units';

interface SpanProps {
  /** null: not set. */
  readonly ms: number | null;
  readonly label: string;
  readonly disabled?: boolean;
  readonly isFaulty?: boolean;
  readonly placeholder?: string;
  readonly testId?: string;
  readonly onChange: (ms: number | null) => void;
}

/** A length of time as a number and its unit. The unit stays as it was chosen while the number is typed. */
export function SpanInput({ ms, label, disabled, isFaulty, placeholder, testId, onChange }: SpanProps) {
  const { t } = useWords();
  const [unit, setUnit] = useState<TimeUnit>(() => bestUnit(ms));
  const toMs = (amount: number | null, of: TimeUnit): number | null =>
    amount === null ? null : Math.round(amount * UNIT_MS[of]);
  const amount = ms === null ? null : ms / UNIT_MS[unit];
  return (
    <span className="with-unit span-input">
      <InputNumber<number>
        size="small"
        controls={false}
        min={0}
        value={amount}
        aria-label={label}
        disabled={disabled === true}
        status={isFaulty === true ? 'error' : ''}
        placeholder={placeholder ?? ''}
        data-testid={testId}
        onChange={next => onChange(toMs(next, unit))}
      />
      <Select<TimeUnit>
        size="small"
        value={unit}
        aria-label={t('span.unitOf', { label })}
        disabled={disabled === true}
        onChange={next => {
          setUnit(next);
          onChange(toMs(amount, next));
        }}
        options={UNITS.map(value => ({ value, label: t(`unit.${value}`) }))}
      />
    </span>
  );
}
