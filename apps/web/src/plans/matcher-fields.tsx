import { Select } from 'antd';
import type { AlarmMatcher } from '@anmai/alarms';
import { ASSET_KINDS, SEVERITIES, type Severity } from '@anmai/catalog';
import { useState } from 'react';
import { useAssets, useRules } from '../session/data';
import { FormField } from '../shell/form-field';
import { useWords } from '../text/language';
import { useAllSensors } from './plan-data';

interface FieldsProps {
  readonly label: string;
  readonly matcher: AlarmMatcher;
  /** Who hides has to say up to which severity. */
  readonly severityMax: 'optional' | 'needed';
  readonly onChange: (matcher: AlarmMatcher) => void;
}
type ListName = 'ruleIds' | 'assetKinds' | 'assetIds' | 'sensorIds';

/** Which alarms are meant. A field that is left empty means any. */
export function MatcherFields({ label, matcher, severityMax, onChange }: FieldsProps) {
  const { t, named } = useWords();
  const [isWanted, setWanted] = useState(false);
  const rules = useRules().data?.items ?? [];
  const assets = useAssets().data?.items ?? [];
  const sensors = useAllSensors(isWanted).data?.items ?? [];
  const options: Readonly<Record<ListName, { readonly value: string; readonly label: string }[]>> = {
    ruleIds: rules.map(({ id, name }) => ({ value: id, label: `${name} ${id}` })),
    assetKinds: ASSET_KINDS.map(({ id }) => ({ value: id, label: named('kind', id) })),
    assetIds: assets.map(({ id, name }) => ({ value: id, label: `${name} ${id}` })),
    sensorIds: sensors.map(({ id, name }) => ({ value: id, label: `${name} ${id}` })),
  };
  const setList = (name: ListName, ids: readonly string[]): void => {
    const { [name]: _, ...others } = matcher;
    onChange(ids.length === 0 ? others : { ...others, [name]: ids });
  };
  return (
    <div className="matcher">
      {(['ruleIds', 'assetKinds', 'assetIds', 'sensorIds'] as const).map(name => (
        <FormField key={name} label={t(`match.${name}`)} wide>
          <Select<string[]>
            mode="multiple"
            className="grow"
            aria-label={`${label} ${t(`match.${name}`)}`}
            placeholder={t('match.anyOf')}
            showSearch={{ optionFilterProp: 'label' }}
            value={[...(matcher[name] ?? [])]}
            onFocus={() => name === 'sensorIds' && setWanted(true)}
            onChange={ids => setList(name, ids)}
            options={options[name]}
          />
        </FormField>
      ))}
      {(['severityMin', 'severityMax'] as const).map(name => (
        <SeverityField
          key={name}
          label={t(`match.${name}`)}
          about={label}
          isNeeded={name === 'severityMax' && severityMax === 'needed'}
          value={matcher[name]}
          onChange={severity => {
            const { [name]: _, ...others } = matcher;
            onChange(severity === undefined ? others : { ...others, [name]: severity });
          }}
        />
      ))}
    </div>
  );
}

interface SeverityProps {
  readonly label: string;
  readonly about: string;
  readonly isNeeded: boolean;
  readonly value: Severity | undefined;
  readonly onChange: (severity: Severity | undefined) => void;
}

function SeverityField({ label, about, isNeeded, value, onChange }: SeverityProps) {
  const { t } = useWords();
  return (
    <FormField label={label}>
      <Select<Severity>
        size="small"
        style={{ minWidth: 96 }}
        aria-label={`${about} ${label}`}
        placeholder={t('match.anyOf')}
        allowClear={!isNeeded}
        value={value ?? null}
        onChange={next => onChange(next ?? undefined)}
        options={SEVERITIES.map(each => ({ value: each, label: t(`severity.${each}`) }))}
      />
    </FormField>
  );
}
