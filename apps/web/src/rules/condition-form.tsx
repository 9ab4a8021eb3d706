import { Button, Input, InputNumber, Select } from 'antd';
import type { Condition, ThresholdLimit } from '@anmai/alarms';
import { SEVERITIES, type Severity } from '@anmai/catalog';
import { SeverityMark } from '../look/severity-mark';
import { useWords } from '../text/language';
import type { TextKey } from '../text/words';
import { fieldsOf, valueAt, withValue, type Field } from './condition-fields';
import { variantsOf } from './condition-variants';
import { CompanionField, PartFields, VariantFields } from './variant-fields';

interface FormProps {
  readonly condition: Condition;
  /** What the server had to say, by path. */
  readonly faults: ReadonlyMap<string, string>;
  readonly onChange: (condition: Condition) => void;
}
type ControlProps = FormProps & { readonly path: string };

const OPTIONS: Readonly<Record<Exclude<Field['kind'], 'number'>, readonly string[]>> = {
  per: ['second', 'minute', 'hour', 'day', 'week', 'month', 'year'],
  direction: ['up', 'down', 'both'],
  severity: SEVERITIES,
  need: ['all', 'any'],
  related: ['sensor', 'asset', 'neighbours'],
};
const UNIT_CHARS_MAX = 20;
const BORDERS = ['above', 'clearBelow', 'below', 'clearAbove'] as const;

/** Made of the condition's type: its limits, its parameters, its holds. */
export function ConditionForm(props: FormProps) {
  const { t } = useWords();
  const { condition, faults } = props;
  const forms = new Set(variantsOf(condition).map(({ path }) => path));
  const fields = fieldsOf(condition).filter(field => !forms.has(field.path) && !isOff(condition, field));
  return (
    <div className="condition-form">
      {'limits' in condition && <Limits {...props} limits={condition.limits} />}
      {condition.type === 'composite' && <PartFields condition={condition} onChange={props.onChange} />}
      <Fault faults={faults} path="of" />
      <div className="param-fields">
        <VariantFields condition={condition} onChange={props.onChange} />
        {fields.map(field => (
          <label key={field.path}>
            <span>{t(field.label)}</span>
            <span className="with-unit">
              {field.kind === 'number' ? (
                <NumberField {...props} path={field.path} optional={field.optional === true} />
              ) : (
                <ChoiceField
                  {...props}
                  path={field.path}
                  kind={field.kind}
                  optional={field.optional === true}
                />
              )}
              {field.unit && <span className="quiet">{t(field.unit)}</span>}
            </span>
            <Fault faults={faults} path={field.path} />
          </label>
        ))}
        {'limits' in condition && (
          <>
            <label>
              <span>{t('rule.unit')}</span>
              <Input
                size="small"
                style={{ width: 96 }}
                maxLength={UNIT_CHARS_MAX}
                placeholder={t('rule.ownUnit')}
                value={condition.unit ?? ''}
                status={faults.has('unit') ? 'error' : ''}
                data-path="unit"
                onChange={event =>
                  props.onChange(withValue(condition, 'unit', event.target.value.trim() || undefined))
                }
              />
              <Fault faults={faults} path="unit" />
            </label>
            <CompanionField condition={condition} onChange={props.onChange} />
          </>
        )}
      </div>
      <Fault faults={faults} path="" />
      <Fault faults={faults} path="limits" />
    </div>
  );
}

/** A hold or window that is not used has no figure. */
function isOff(condition: Condition, { path }: Field): boolean {
  const [part = ''] = path.split('.');
  return ['raiseAfter', 'clearAfter', 'window'].includes(part) && valueAt(condition, part) === undefined;
}

function Fault({ faults, path }: Pick<ControlProps, 'faults' | 'path'>) {
  const text = faults.get(path);
  return text === undefined ? null : (
    <span className="field-fault" role="alert" data-fault={path}>
      {text}
    </span>
  );
}

function NumberField({
  condition,
  faults,
  onChange,
  path,
  optional,
}: ControlProps & { readonly optional: boolean }) {
  const { t } = useWords();
  const value = valueAt(condition, path);
  return (
    <InputNumber
      size="small"
      controls={false}
      value={typeof value === 'number' ? value : null}
      placeholder={optional ? t('rule.default') : ''}
      status={faults.has(path) ? 'error' : ''}
      data-path={path}
      onChange={next => onChange(withValue(condition, path, next ?? undefined))}
    />
  );
}

interface ChoiceProps extends ControlProps {
  readonly kind: Exclude<Field['kind'], 'number'>;
  readonly optional: boolean;
}

function ChoiceField({ condition, faults, onChange, path, kind, optional }: ChoiceProps) {
  const { t } = useWords();
  const value = valueAt(condition, path);
  return (
    <Select
      size="small"
      style={{ minWidth: 96 }}
      value={typeof value === 'string' ? value : null}
      placeholder={t('rule.default')}
      allowClear={optional}
      status={faults.has(path) ? 'error' : ''}
      onChange={(next: string | undefined) => onChange(withValue(condition, path, next))}
      options={OPTIONS[kind].map(name => ({ value: name, label: t(`${kind}.${name}` as TextKey) }))}
    />
  );
}

function Limits({ limits, ...props }: FormProps & { readonly limits: readonly ThresholdLimit[] }) {
  const { t } = useWords();
  const { condition, faults, onChange } = props;
  const set = (next: readonly ThresholdLimit[]): void =>
    onChange({ ...condition, limits: next } as Condition);
  const free = SEVERITIES.find(severity => limits.every(limit => limit.severity !== severity));
  return (
    <table className="plain limit-table">
      <thead>
        <tr>
          <th>{t('rule.severity')}</th>
          {BORDERS.map(border => (
            <th key={border}>{t(`rule.${border}`)}</th>
          ))}
          <th />
        </tr>
      </thead>
      <tbody>
        {limits.map((limit, i) => (
          <tr key={i}>
            <td>
              <Select<Severity>
                size="small"
                value={limit.severity}
                style={{ width: 96 }}
                onChange={severity => onChange(withValue(condition, `limits.${i}.severity`, severity))}
                options={SEVERITIES.map(value => ({
                  value,
                  label: (
                    <span className="with-mark">
                      <SeverityMark severity={value} fill="solid" size={12} /> {t(`severity.${value}`)}
                    </span>
                  ),
                }))}
              />
            </td>
            {BORDERS.map(border => (
              <td key={border}>
                <NumberField {...props} path={`limits.${i}.${border}`} optional={false} />
                <Fault faults={faults} path={`limits.${i}.${border}`} />
              </td>
            ))}
            <td>
              {limits.length > 1 && (
                <Button
                  size="small"
                  type="text"
                  title={t('rule.removeLimit')}
                  onClick={() => set(limits.filter((_, k) => k !== i))}
                >
                  ×
                </Button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
      {free !== undefined && (
        <tfoot>
          <tr>
            <td colSpan={6}>
              <Button size="small" type="link" onClick={() => set([...limits, { severity: free }])}>
                + {t('rule.addLimit')}
              </Button>
            </td>
          </tr>
        </tfoot>
      )}
    </table>
  );
}
