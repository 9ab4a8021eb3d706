import { Button, Input, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { CONTROL_MEASURES, HAZARD_LEVELS } from '@anmai/lifecycle';
import type { HazardDetailShape } from '@anmai/wire';
import { useOrgs } from '../buildings/building-data';
import { FormField } from '../shell/form-field';
import { useWords } from '../text/language';
import { FilePicker } from './file-picker';
import { useAppraisals, useHazardStep } from './hazard-data';
import { SafetyRefusal } from './safety-refusal';
import {
  EMPTY_STEP,
  firstStep,
  STEP_FIELDS,
  stepBody,
  type StepDraft,
  type StepField,
  type StepKind,
} from './step-fields';

interface FieldProps {
  readonly hazard: HazardDetailShape;
  readonly draft: StepDraft;
  readonly set: (change: Partial<StepDraft>) => void;
}

/** The steps that may follow, what the chosen one asks for, and what the server has to say against it. */
export function HazardStepForm({ hazard }: { readonly hazard: HazardDetailShape }) {
  const { t } = useWords();
  const [kind, setKind] = useState<StepKind>(firstStep(hazard));
  const [draft, setDraft] = useState(EMPTY_STEP);
  const step = useHazardStep(hazard.id);
  const set = (change: Partial<StepDraft>): void => setDraft({ ...draft, ...change });
  return (
    <section className="plan-form" data-testid="hazard-step">
      <div className="hazard-steps" role="radiogroup" aria-label={t('haz.next')}>
        {hazard.nextSteps.map(each => (
          <Button
            key={each}
            size="small"
            type={each === kind ? 'primary' : 'default'}
            role="radio"
            aria-checked={each === kind}
            data-step={each}
            onClick={() => {
              setKind(each);
              step.reset();
            }}
          >
            {t(`hazStep.${each}`)}
          </Button>
        ))}
      </div>
      <div className="form-grid">
        {STEP_FIELDS[kind].map(field => (
          <StepInput key={field} field={field} hazard={hazard} draft={draft} set={set} />
        ))}
        <FormField label={t('haz.note')} wide>
          <Input.TextArea
            className="grow"
            autoSize={{ minRows: 2, maxRows: 6 }}
            maxLength={2_000}
            value={draft.note}
            data-testid="step-note"
            onChange={event => set({ note: event.target.value })}
          />
        </FormField>
      </div>
      {step.isError && <SafetyRefusal error={step.error} />}
      <div className="draft-actions">
        <Button
          type="primary"
          data-testid="step-go"
          loading={step.isPending}
          onClick={() => step.mutate(stepBody(kind, draft))}
        >
          {t(`hazStep.${kind}`)}
        </Button>
      </div>
    </section>
  );
}

function StepInput({ field, hazard, draft, set }: FieldProps & { readonly field: StepField }) {
  const { t } = useWords();
  switch (field) {
    case 'org':
      return <OrgInput hazard={hazard} draft={draft} set={set} />;
    case 'appraisal':
      return <AppraisalInput hazard={hazard} draft={draft} set={set} />;
    case 'level':
      return <Choice label={t('haz.level')} family="hazLevel" options={HAZARD_LEVELS} value={draft.level} onChange={level => set({ level })} />;
    case 'measure':
      return <Choice label={t('haz.measure')} family="hazControl" options={CONTROL_MEASURES} value={draft.measure} onChange={measure => set({ measure })} />;
    case 'finding':
      return <Choice label={t('haz.finding')} family="hazFinding" options={['holds', 'recurred']} value={draft.finding} onChange={finding => set({ finding })} />;
    case 'person':
      return <Line label={t('haz.person')} value={draft.person} onChange={person => set({ person })} />;
    case 'agency':
      return <Line label={t('apr.agency')} value={draft.agency} onChange={agency => set({ agency })} />;
    case 'plan':
      return <Line label={t('haz.plan')} value={draft.plan} onChange={plan => set({ plan })} />;
    case 'dueAt':
      return (
        <FormField label={t('haz.due')} hint={t('haz.dueHint')}>
          <input type="datetime-local" className="wall" value={draft.due} aria-label={t('haz.due')} onChange={event => set({ due: event.target.value })} />
        </FormField>
      );
    case 'files':
      return (
        <FormField label={t('haz.photos')} wide>
          <FilePicker label={t('haz.addPhotos')} kind="photo" accept="image/*" files={draft.fileIds} onFiles={fileIds => set({ fileIds })} testId="step-files" />
        </FormField>
      );
  }
} // prettier-ignore

function OrgInput({ draft, set }: FieldProps) {
  const { t } = useWords();
  const orgs = useOrgs().data ?? [];
  return (
    <FormField label={t('haz.org')}>
      <Select
        size="small"
        showSearch
        optionFilterProp="label"
        style={{ minWidth: 200 }}
        aria-label={t('haz.org')}
        data-testid="step-org"
        value={draft.orgId === '' ? null : draft.orgId}
        onChange={(orgId: string) => set({ orgId })}
        options={orgs.map(org => ({ value: org.id, label: org.name }))}
      />
    </FormField>
  );
}

function AppraisalInput({ hazard, draft, set }: FieldProps) {
  const { t } = useWords();
  const appraisals = useAppraisals(hazard.buildingId).data?.items ?? [];
  return (
    <FormField label={t('apr.report')} hint={t('haz.appraisalHint')}>
      <Select
        size="small"
        style={{ minWidth: 260 }}
        aria-label={t('apr.report')}
        value={draft.appraisalId === '' ? null : draft.appraisalId}
        onChange={(appraisalId: string) => set({ appraisalId })}
        options={appraisals.map(({ id, reportNumber, grade }) => ({
          value: id,
          label: `${reportNumber} · ${grade}`,
        }))}
      />
    </FormField>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly family: 'hazLevel' | 'hazControl' | 'hazFinding';
  readonly options: readonly string[];
  readonly value: string;
  readonly onChange: (value: string) => void;
}
function Choice({ label, family, options, value, onChange }: ChoiceProps): ReactNode {
  const words = useWords();
  return (
    <FormField label={label}>
      <Select
        size="small"
        style={{ minWidth: 140 }}
        aria-label={label}
        value={value}
        onChange={onChange}
        options={options.map(each => ({ value: each, label: words.named(family, each) }))}
      />
    </FormField>
  );
}

interface LineProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}
const Line = ({ label, value, onChange }: LineProps) => (
  <FormField label={label}>
    <Input size="small" style={{ width: 220 }} maxLength={200} aria-label={label} value={value} onChange={event => onChange(event.target.value)} />
  </FormField>
); // prettier-ignore
