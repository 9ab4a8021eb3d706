import { Checkbox, Input, Select } from 'antd';
import type { RuleScope } from '@anmai/alarms';
import { ASSET_KINDS, QUANTITIES, type LimitSource } from '@anmai/catalog';
import type { RuleShape } from '@anmai/wire';
import { useOrgs } from '../incidents/incident-data';
import { FormField } from '../shell/form-field';
import { useWords } from '../text/language';
import { CONDITION_TYPES, sourceOf, starterOf } from './condition-starters';
import { useCandidates } from './rule-data';

const NAME_CHARS_MAX = 200;
const WHY_CHARS_MAX = 500;
const GRADES = ['A', 'B', 'C', 'D'] as const;

export interface RuleFieldsProps {
  readonly draft: RuleShape;
  /** What the server had to say, by path: `appliesTo.quantity`. */
  readonly faults: ReadonlyMap<string, string>;
  readonly onChange: (draft: RuleShape) => void;
}

/** Everything of a rule but its condition: name, type, which sensors, where its limits come from. */
export function RuleFields(props: RuleFieldsProps) {
  const { t } = useWords();
  const { draft, faults, onChange } = props;
  return (
    <div className="form-grid rule-fields" data-testid="rule-fields">
      <FormField label={t('rule.name')} fault={faults.get('name')}>
        <Input
          size="small"
          style={{ width: 280 }}
          value={draft.name}
          maxLength={NAME_CHARS_MAX}
          aria-label={t('rule.name')}
          onChange={event => onChange({ ...draft, name: event.target.value })}
        />
      </FormField>
      <FormField label={t('rule.type')} hint={t(`typeHint.${draft.condition.type}`)}>
        <Select<RuleShape['condition']['type']>
          size="small"
          style={{ minWidth: 160 }}
          aria-label={t('rule.type')}
          value={draft.condition.type}
          onChange={type => onChange({ ...draft, condition: starterOf(type, draft.condition) })}
          options={CONDITION_TYPES.map(value => ({ value, label: t(`type.${value}`) }))}
        />
      </FormField>
      <ScopeFields {...props} />
      <SourceFields {...props} />
      <FormField label={t('rule.latch')}>
        <Checkbox
          checked={draft.latched === true}
          onChange={event => {
            const { latched: _, ...others } = draft;
            onChange(event.target.checked ? { ...others, latched: true } : others);
          }}
        >
          {t('rule.latchHint')}
        </Checkbox>
      </FormField>
    </div>
  );
}

function ScopeFields({ draft, faults, onChange }: RuleFieldsProps) {
  const { t, named } = useWords();
  const { appliesTo } = draft;
  const orgs = useOrgs().data?.items ?? [];
  const sensors = useCandidates(appliesTo.quantity).data?.items ?? [];
  const set = (name: keyof RuleScope, value: unknown): void => {
    const { [name]: _, ...others } = appliesTo;
    onChange({ ...draft, appliesTo: value === undefined ? others : { ...others, [name]: value } });
  };
  const choices = {
    quantity: QUANTITIES.map(({ id }) => ({ value: id, label: `${named('quantity', id)} ${id}` })),
    assetKind: ASSET_KINDS.map(({ id }) => ({ value: id, label: named('kind', id) })),
    orgId: orgs.map(({ id, name }) => ({ value: id, label: name })),
    grade: GRADES.map(grade => ({ value: grade, label: t('asset.grade', { grade }) })),
  } as const;
  const isEmpty = Object.keys(appliesTo).length === 0;
  return (
    <>
      {(['quantity', 'assetKind', 'orgId', 'grade'] as const).map(name => (
        <FormField key={name} label={t(`scopeOf.${name}`)} fault={faults.get(`appliesTo.${name}`)}>
          <Select<string>
            size="small"
            style={{ minWidth: 180 }}
            allowClear
            placeholder={t('match.anyOf')}
            aria-label={t(`scopeOf.${name}`)}
            showSearch={{ optionFilterProp: 'label' }}
            value={appliesTo[name] ?? null}
            onChange={value => set(name, value)}
            options={[...choices[name]]}
          />
        </FormField>
      ))}
      <FormField
        label={t('scopeOf.sensorIds')}
        wide
        fault={faults.get('appliesTo.sensorIds')}
        {...(isEmpty ? { hint: t('scopeOf.empty') } : {})}
      >
        <Select<string[]>
          mode="multiple"
          className="grow"
          placeholder={t('match.anyOf')}
          aria-label={t('scopeOf.sensorIds')}
          showSearch={{ optionFilterProp: 'label' }}
          value={[...(appliesTo.sensorIds ?? [])]}
          onChange={ids => set('sensorIds', ids.length === 0 ? undefined : ids)}
          options={sensors.map(({ id, name }) => ({ value: id, label: `${id} ${name}` }))}
        />
      </FormField>
    </>
  );
}

function SourceFields({ draft, faults, onChange }: RuleFieldsProps) {
  const { t } = useWords();
  const { source } = draft;
  const set = (next: LimitSource): void => onChange({ ...draft, source: next });
  const text = (name: string, value: string, made: (value: string) => LimitSource, width: number) => (
    <FormField
      key={name}
      label={t(`sourceOf.${name}` as 'sourceOf.why')}
      fault={faults.get(`source.${name}`)}
    >
      <Input
        size="small"
        style={{ width }}
        value={value}
        maxLength={WHY_CHARS_MAX}
        aria-label={t(`sourceOf.${name}` as 'sourceOf.why')}
        onChange={event => set(made(event.target.value))}
      />
    </FormField>
  );
  const date = (name: string, value: string, made: (value: string) => LimitSource) => (
    <FormField
      key={name}
      label={t(`sourceOf.${name}` as 'sourceOf.why')}
      fault={faults.get(`source.${name}`)}
    >
      <input
        type="date"
        className="wall num"
        aria-label={t(`sourceOf.${name}` as 'sourceOf.why')}
        value={value}
        onChange={event => set(made(event.target.value))}
      />
    </FormField>
  );
  return (
    <>
      <FormField
        label={t('col.source')}
        {...(source.kind === 'assumption' ? { hint: t('sourceOf.provisional') } : {})}
      >
        <Select<LimitSource['kind']>
          size="small"
          style={{ minWidth: 140 }}
          aria-label={t('col.source')}
          value={source.kind}
          onChange={kind => set(sourceOf(kind, Date.now()))}
          options={(['standard', 'engineer', 'assumption'] as const).map(value => ({
            value,
            label: t(`why.${value}`),
          }))}
        />
      </FormField>
      {source.kind === 'standard' && [
        text('ref', source.ref, ref => ({ ...source, ref }), 200),
        text('clause', source.clause, clause => ({ ...source, clause }), 200),
      ]}
      {source.kind === 'engineer' && [
        text('name', source.name, name => ({ ...source, name }), 160),
        date('signedOn', source.signedOn, signedOn => ({ ...source, signedOn })),
      ]}
      {source.kind === 'assumption' && [
        text('why', source.why, why => ({ ...source, why }), 320),
        date('reviewBy', source.reviewBy, reviewBy => ({ ...source, reviewBy })),
      ]}
    </>
  );
}
