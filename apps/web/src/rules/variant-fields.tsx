import { Button, Select } from 'antd';
import type { Companion, Condition } from '@anmai/alarms';
import { QUANTITIES, SEVERITIES, type Severity } from '@anmai/catalog';
import { useState } from 'react';
import { useAllSensors } from '../plans/plan-data';
import { useRules } from '../session/data';
import { useWords } from '../text/language';
import { withValue } from './condition-fields';
import { variantsOf } from './condition-variants';

interface FieldsProps<T extends Condition = Condition> {
  readonly condition: T;
  readonly onChange: (condition: Condition) => void;
}

/** The form of each part that has several. */
export function VariantFields({ condition, onChange }: FieldsProps) {
  const { t } = useWords();
  return (
    <>
      {variantsOf(condition).map(({ path, label, chosen, options }) => (
        <label key={`variant ${path}`}>
          <span>{t(label)}</span>
          <Select<string>
            size="small"
            style={{ minWidth: 112 }}
            value={chosen}
            aria-label={t('rule.formOf', { label: t(label) })}
            data-variant={path}
            onChange={form =>
              onChange(withValue(condition, path, options.find(each => each.form === form)?.made))
            }
            options={options.map(each => ({ value: each.form, label: t(each.label) }))}
          />
        </label>
      ))}
    </>
  );
}

type Composite = Extract<Condition, { type: 'composite' }>;

/** Whose alarms have to come together, each from which severity on. */
export function PartFields({ condition, onChange }: FieldsProps<Composite>) {
  const { t } = useWords();
  const rules = (useRules().data?.items ?? []).filter(rule => rule.condition.type !== 'composite');
  const { of } = condition;
  const set = (parts: Composite['of']): void => onChange({ ...condition, of: parts });
  return (
    <div className="composite-parts" data-testid="composite-parts">
      {of.map((part, i) => (
        <div className="shift-row" key={i}>
          <Select<string>
            size="small"
            style={{ minWidth: 320 }}
            showSearch={{ optionFilterProp: 'label' }}
            aria-label={t('rule.part', { n: i + 1 })}
            value={part.ruleId === '' ? null : part.ruleId}
            onChange={ruleId => set(of.map((each, k) => (k === i ? { ...each, ruleId } : each)))}
            options={rules.map(({ id, name }) => ({ value: id, label: `${name} ${id}` }))}
          />
          <Select<Severity>
            size="small"
            style={{ minWidth: 128 }}
            allowClear
            placeholder={t('rule.anySeverity')}
            aria-label={t('rule.partSeverity', { n: i + 1 })}
            value={part.minSeverity ?? null}
            onChange={minSeverity =>
              set(
                of.map((each, k) =>
                  k === i ? { ruleId: each.ruleId, ...(minSeverity ? { minSeverity } : {}) } : each,
                ),
              )
            }
            options={SEVERITIES.map(value => ({
              value,
              label: t('match.from', { severity: t(`severity.${value}`) }),
            }))}
          />
          <Button
            size="small"
            type="text"
            title={t('rule.removePart')}
            aria-label={t('rule.removePart')}
            onClick={() => set(of.filter((_, k) => k !== i))}
          >
            ×
          </Button>
        </div>
      ))}
      <Button size="small" type="link" data-testid="part-add" onClick={() => set([...of, { ruleId: '' }])}>
        + {t('rule.addPart')}
      </Button>
    </div>
  );
}

type Limited = Extract<Condition, { limits: unknown }>;
const nameOf = (companion: Companion): string =>
  'sensorId' in companion ? `sensor ${companion.sensorId}` : `quantity ${companion.quantity}`;
const companionOf = (name: string): Companion => {
  const [kind, id = ''] = name.split(' ');
  return kind === 'sensor' ? { sensorId: id } : { quantity: id };
};

/** Sensors whose influence is taken out of the value first: temperature beside a tilt. */
export function CompanionField({ condition, onChange }: FieldsProps<Limited>) {
  const { t, named } = useWords();
  const [isWanted, setWanted] = useState(false);
  const sensors = useAllSensors(isWanted).data?.items ?? [];
  return (
    <label>
      <span>{t('rule.companions')}</span>
      <Select<string[]>
        mode="multiple"
        style={{ minWidth: 280 }}
        aria-label={t('rule.companions')}
        placeholder={t('rule.noCompanions')}
        showSearch={{ optionFilterProp: 'label' }}
        value={(condition.companions ?? []).map(nameOf)}
        onFocus={() => setWanted(true)}
        onChange={names =>
          onChange(
            withValue(condition, 'companions', names.length === 0 ? undefined : names.map(companionOf)),
          )
        }
        options={[
          ...QUANTITIES.map(({ id }) => ({
            value: `quantity ${id}`,
            label: t('rule.sameAsset', { what: named('quantity', id) }),
          })),
          ...sensors.map(({ id, name }) => ({ value: `sensor ${id}`, label: `${name} ${id}` })),
        ]}
      />
    </label>
  );
}
