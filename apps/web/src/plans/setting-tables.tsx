import { InputNumber, Select } from 'antd';
import type { LifeSettings } from '@anmai/alarms';
import type { Severity } from '@anmai/catalog';
import { SeverityMark } from '../look/severity-mark';
import { valueAt, withValue } from '../rules/condition-fields';
import { SpanInput } from '../shell/span-input';
import { useWords } from '../text/language';
import type { TextKey } from '../text/words';
import {
  isProvisional,
  PER_SEVERITY,
  WORST_FIRST,
  type PerSeverityName,
  type SettingField,
} from './setting-fields';

interface TableProps {
  readonly settings: LifeSettings;
  readonly changed: readonly string[];
  /** What the server had to say, by path. */
  readonly faults: ReadonlyMap<string, string>;
  readonly disabled: boolean;
  readonly onChange: (settings: LifeSettings) => void;
}

const COLUMNS: Readonly<Record<PerSeverityName, Omit<SettingField, 'path'>>> = {
  shelveMsMax: { kind: 'span' },
  reAlarmMs: { kind: 'span', empty: 'settings.never' },
  closeNeeds: { kind: 'closeNeeds' },
};

/** What is set for each severity. */
export function SeverityTable(props: TableProps) {
  const { t } = useWords();
  return (
    <table className="plain settings-table">
      <thead>
        <tr>
          <th>{t('rule.severity')}</th>
          {PER_SEVERITY.map(name => (
            <th key={name}>
              {t(`settings.${name}`)}
              <div className="quiet">{t(`settings.${name}Hint`)}</div>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {WORST_FIRST.map((severity: Severity) => (
          <tr key={severity}>
            <th scope="row">
              <span className="with-mark">
                <SeverityMark severity={severity} fill="solid" size={14} /> {t(`severity.${severity}`)}
              </span>
            </th>
            {PER_SEVERITY.map(name => (
              <td key={name}>
                <Setting
                  {...props}
                  field={{ ...COLUMNS[name], path: `${name}.${severity}` }}
                  label={`${t(`settings.${name}`)} ${t(`severity.${severity}`)}`}
                />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Figures that hold whatever the severity. */
export function SettingRows({
  title,
  fields,
  ...props
}: TableProps & { readonly title: string; readonly fields: readonly SettingField[] }) {
  const { t } = useWords();
  return (
    <section>
      <h3>{title}</h3>
      <table className="plain settings-table">
        <tbody>
          {fields.map(field => {
            const label = t(`settings.${field.path}` as TextKey);
            return (
              <tr key={field.path}>
                <th scope="row">
                  {label}
                  <div className="quiet">{t(`settings.${field.path}Hint` as TextKey)}</div>
                </th>
                <td>
                  <Setting {...props} field={field} label={label} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

function Setting({
  settings,
  changed,
  faults,
  disabled,
  onChange,
  field,
  label,
}: TableProps & { readonly field: SettingField; readonly label: string }) {
  const { t } = useWords();
  const { path, source, empty } = field;
  const fault = faults.get(path);
  const value = valueAt(settings, path);
  const set = (next: unknown): void => onChange(withValue(settings, path, next));
  const emptyText = empty === undefined ? '' : t(empty);
  return (
    <div className={changed.includes(path) ? 'setting changed' : 'setting'} data-path={path}>
      {field.kind === 'span' && (
        <SpanInput
          ms={typeof value === 'number' ? value : null}
          label={label}
          disabled={disabled}
          isFaulty={fault !== undefined}
          placeholder={emptyText}
          onChange={ms => set(ms ?? (empty === undefined ? 0 : null))}
        />
      )}
      {field.kind === 'count' && (
        <span className="with-unit">
          <InputNumber<number>
            size="small"
            controls={false}
            precision={0}
            value={typeof value === 'number' ? value : null}
            aria-label={label}
            disabled={disabled}
            status={fault === undefined ? '' : 'error'}
            onChange={next => set(next ?? 0)}
          />
          {field.unit !== undefined && <span className="quiet">{t(field.unit)}</span>}
        </span>
      )}
      {field.kind === 'closeNeeds' && (
        <Select<string>
          size="small"
          style={{ minWidth: 150 }}
          value={typeof value === 'string' ? value : null}
          aria-label={label}
          disabled={disabled}
          onChange={set}
          options={(['acknowledgement', 'confirmation'] as const).map(each => ({
            value: each,
            label: t(`settings.closeBy.${each}`),
          }))}
        />
      )}
      {isProvisional(settings, path, source !== undefined) && (
        <span className="provisional">{t('why.assumption')}</span>
      )}
      {source !== undefined && <span className="quiet form-hint">{t(source)}</span>}
      {fault !== undefined && (
        <span className="field-fault" role="alert">
          {fault}
        </span>
      )}
    </div>
  );
}
