import { Button, Input } from 'antd';
import { useState } from 'react';
import { afterStep } from '@anmai/lifecycle';
import type { CheckupDetailShape } from '@anmai/wire';
import { useMe } from '../session/data';
import { mayEngineer } from '../session/permissions';
import { ProblemNote } from '../shell/notes';
import { useWords } from '../text/language';
import { useJudge, type JudgeStep } from './checkup-data';

const STEPS: readonly JudgeStep[] = ['review', 'accept', 'return'];

/** What may be done now; the server decides whether by this person, and says why not. */
export function JudgeForm({ checkup }: { readonly checkup: CheckupDetailShape }) {
  const { t } = useWords();
  const me = useMe().data;
  const judge = useJudge(checkup.id);
  const [note, setNote] = useState('');
  const steps = STEPS.filter(step => afterStep(checkup.state, step) !== null);
  if (steps.length === 0 || !mayEngineer(me?.role)) return null;
  return (
    <section className="judge-form" data-testid="judge-form">
      <Input.TextArea
        value={note}
        rows={2}
        maxLength={2_000}
        aria-label={t('chk.note')}
        placeholder={t('chk.noteHint')}
        onChange={event => setNote(event.target.value)}
      />
      <div className="judge-actions">
        {steps.map(step => (
          <Button
            key={step}
            type={step === 'return' ? 'default' : 'primary'}
            disabled={step === 'return' && note.trim() === ''}
            loading={judge.isPending && judge.variables.step === step}
            data-step={step}
            onClick={() => judge.mutate({ step, note: note.trim() }, { onSuccess: () => setNote('') })}
          >
            {t(`chkDo.${step}`)}
          </Button>
        ))}
      </div>
      {judge.isError && <ProblemNote error={judge.error} />}
    </section>
  );
}
