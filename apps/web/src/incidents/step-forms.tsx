import { Button } from 'antd';
import { useState } from 'react';
import type { IncidentDetailShape, StepName } from '@anmai/wire';
import { useMe } from '../session/data';
import { mayOperate } from '../session/permissions';
import { useWords } from '../text/language';
import { useStep, type SentStep } from './incident-data';
import { RefusalNote } from './refusal-note';
import { AssessForm, FeedbackForm, NoteForm } from './step-form-parts';
import { DispatchForm, WarnForm } from './step-form-orgs';

export interface FormProps {
  readonly incident: IncidentDetailShape;
  readonly busy: boolean;
  readonly onSend: (step: SentStep) => void;
}

/** The steps that may follow, as buttons; one that has to say something opens its form beneath. */
export function StepForms({ incident }: { readonly incident: IncidentDetailShape }) {
  const { t } = useWords();
  const me = useMe().data;
  const [open, setOpen] = useState<StepName | null>(
    incident.nextSteps.length === 1 ? (incident.nextSteps[0] ?? null) : null,
  );
  const { mutate, isPending, error, reset } = useStep(incident.id);
  if (!me) return null;
  if (!mayOperate(me.role))
    return <p className="note quiet">{t('incident.noRight', { role: t(`role.${me.role}`) })}</p>;
  if (incident.nextSteps.length === 0) return null;
  const send = (step: SentStep): void => mutate(step, { onSuccess: () => setOpen(null) });
  const form = { incident, busy: isPending, onSend: send };
  return (
    <div className="ack step-forms" data-testid="step-forms">
      <div className="step-buttons">
        {incident.nextSteps.map(name => (
          <Button
            key={name}
            type={name === open ? 'primary' : 'default'}
            data-testid={`step-${name}`}
            onClick={() => (reset(), setOpen(name === open ? null : name))}
          >
            {t(`do.${name}`)}
          </Button>
        ))}
      </div>
      {open !== null && <StepForm name={open} form={form} />}
      {error && <RefusalNote error={error} />}
    </div>
  );
}

function StepForm({ name, form }: { readonly name: StepName; readonly form: FormProps }) {
  const { t } = useWords();
  const { incident, onSend } = form;
  switch (name) {
    case 'assess':
      return <AssessForm {...form} />;
    case 'warn':
      return <WarnForm {...form} />;
    case 'dispatch':
      return <DispatchForm {...form} />;
    case 'feedback':
      return <FeedbackForm {...form} />;
    case 'proposeEnd':
      return (
        <NoteForm
          {...form}
          hint={t('form.proposeHint')}
          needed
          onNote={note => onSend({ kind: 'proposeEnd', note })}
        />
      );
    case 'release':
      return (
        <NoteForm
          {...form}
          hint={t('form.releaseHint')}
          onNote={note => onSend({ kind: 'release', note, seenN: incident.lastN })}
        />
      );
    case 'archive':
      return (
        <div className="step-form">
          <p className="quiet">{t('form.archiveHint')}</p>
          <Button
            type="primary"
            disabled={form.busy}
            data-testid="step-send"
            onClick={() => onSend({ kind: 'archive' })}
          >
            {t('do.archive')}
          </Button>
        </div>
      );
  }
}
