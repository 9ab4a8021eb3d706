import { Button, Checkbox, Input, Select } from 'antd';
import type { OrgShape } from '@anmai/wire';
import { useState } from 'react';
import { WEEKDAYS } from '../plans/repeat';
import { FormField } from '../shell/form-field';
import { ClockInput } from '../shell/clock-input';
import { useWords } from '../text/language';
import { clockOf } from './day-time';
import { ExceptionFields, exceptionFault } from './exception-fields';
import type { Rota } from './notify-data';
import { PeopleSelect } from './people-select';
import { rowFault, rowsOf, shiftsOf, withClock, type ShiftRow } from './shift-rows';

const NAME_CHARS_MAX = 200;
const DAY_SHIFT: ShiftRow = {
  weekdays: [1, 2, 3, 4, 5, 6, 7],
  fromMinute: 480,
  toMinute: 1_200,
  recipientIds: [],
};

interface FormProps {
  readonly before: Rota;
  readonly isNew: boolean;
  readonly orgs: readonly OrgShape[];
  readonly isSaving: boolean;
  readonly onSave: (rota: Rota) => void;
  readonly onCancel: () => void;
}

/** The shifts of a week and what differs from it. */
export function RotaForm({ before, isNew, orgs, isSaving, onSave, onCancel }: FormProps) {
  const { t } = useWords();
  const [rota, setRota] = useState(before);
  const [rows, setRows] = useState<readonly ShiftRow[]>(() => (isNew ? [DAY_SHIFT] : rowsOf(before.shifts)));
  const faults = [...rows.map(rowFault), ...rota.exceptions.map(exceptionFault)];
  const lacks =
    rota.name.trim() === ''
      ? 'name'
      : rota.orgId === ''
        ? 'org'
        : (faults.find(fault => fault !== null) ?? null);
  return (
    <section className="plan-form" data-testid="rota-form">
      <h3>{t(isNew ? 'rota.new' : 'rota.change')}</h3>
      <div className="form-grid">
        <FormField label={t('rota.name')}>
          <Input
            style={{ width: 220 }}
            value={rota.name}
            maxLength={NAME_CHARS_MAX}
            aria-label={t('rota.name')}
            onChange={event => setRota({ ...rota, name: event.target.value })}
          />
        </FormField>
        <FormField label={t('rota.org')}>
          <Select<string>
            style={{ minWidth: 220 }}
            aria-label={t('rota.org')}
            value={rota.orgId === '' ? null : rota.orgId}
            onChange={orgId => setRota({ ...rota, orgId })}
            options={orgs.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </FormField>
      </div>
      <ShiftFields rows={rows} onChange={setRows} />
      <ExceptionFields
        exceptions={rota.exceptions}
        onChange={exceptions => setRota({ ...rota, exceptions })}
      />
      <div className="draft-actions">
        <Button
          type="primary"
          data-testid="rota-save"
          disabled={lacks !== null}
          loading={isSaving}
          onClick={() => onSave({ ...rota, shifts: shiftsOf(rows) })}
        >
          {t('plan.save')}
        </Button>
        <Button onClick={onCancel}>{t('plan.cancel')}</Button>
        {lacks !== null && <span className="quiet">{t(`rota.lacks.${lacks}`)}</span>}
      </div>
    </section>
  );
}

function ShiftFields({
  rows,
  onChange,
}: {
  readonly rows: readonly ShiftRow[];
  readonly onChange: (rows: ShiftRow[]) => void;
}) {
  const { t } = useWords();
  const set = (at: number, row: ShiftRow): void => onChange(rows.map((each, i) => (i === at ? row : each)));
  return (
    <div className="shift-rows">
      <h3>{t('rota.shifts')}</h3>
      {rows.map((row, i) => {
        const from = clockOf(row.fromMinute);
        const to = clockOf(row.toMinute);
        return (
          <div className="shift-row" key={i} data-testid="shift-row">
            <Checkbox.Group<number>
              value={[...row.weekdays]}
              onChange={days => set(i, { ...row, weekdays: [...days].sort() })}
              options={WEEKDAYS.map((day, k) => ({ value: k + 1, label: t(`weekday.${day}`) }))}
            />
            <span className="with-unit">
              <ClockInput
                label={t('rota.from')}
                value={from}
                onChange={clock => set(i, withClock(row, clock, to))}
              />
              –
              <ClockInput
                label={t('rota.to')}
                value={to}
                onChange={clock => set(i, withClock(row, from, clock))}
              />
              {row.toMinute > 1_440 && <span className="quiet">{t('rota.nextDay')}</span>}
            </span>
            <PeopleSelect
              label={t('rota.people')}
              value={row.recipientIds}
              onChange={recipientIds => set(i, { ...row, recipientIds })}
            />
            <Button
              size="small"
              type="text"
              title={t('rota.removeShift')}
              aria-label={t('rota.removeShift')}
              onClick={() => onChange(rows.filter((_, k) => k !== i))}
            >
              ×
            </Button>
          </div>
        );
      })}
      <Button
        size="small"
        type="link"
        data-testid="shift-add"
        onClick={() => onChange([...rows, { ...DAY_SHIFT, fromMinute: 1_200, toMinute: 1_920 }])}
      >
        + {t('rota.addShift')}
      </Button>
    </div>
  );
}
