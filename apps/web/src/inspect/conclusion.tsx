import {
  assess,
  CONCLUSION_NOTE_PATH,
  CONCLUSION_PATH,
  PASS_VALUES,
  PASS_WORDS,
  type CheckupResult,
} from '@anmai/lifecycle';
import type { ReactNode } from 'react';
import { useWords } from '../text/language';
import { useWriting } from './checkup-context';

/** What the answers say, and what the inspectors say; on the scale of the rule set and on no other. */
export function Conclusion() {
  const { t } = useWords();
  const { form, answers, last, write, isLocked } = useWriting();
  const { findings, level, raisedBy, unjudged } = assess(form, answers, last);
  const note = answers[CONCLUSION_NOTE_PATH];
  const judged = findings.filter(finding => finding.level > 0).length;
  return (
    <div className="field-entries">
      <section className="field-item" data-testid="assessment" data-level={level}>
        <h3>{t('inspect.assessment')}</h3>
        <p>
          {t(`inspect.level.${level}`)} · {t('inspect.findings', { n: judged })}
          {raisedBy !== null && ` · ${t(`inspect.raised.${raisedBy}`)}`}
        </p>
        {unjudged.length > 0 && <p className="bad">{t('inspect.unjudged', { n: unjudged.length })}</p>}
        <p className="quiet">{t('inspect.assessmentHint')}</p>
      </section>
      <section className="field-item">
        <h3>
          {t('inspect.result')}
          <span className="must">*</span>
        </h3>
        <ResultInput />
      </section>
      <section className="field-item">
        <h3>{t('inspect.resultNote')}</h3>
        <textarea
          rows={4}
          maxLength={2_000}
          disabled={isLocked}
          value={note?.kind === 'text' ? note.text : ''}
          data-testid="conclusion-note"
          onChange={event =>
            write(
              CONCLUSION_NOTE_PATH,
              event.target.value === '' ? { kind: 'empty' } : { kind: 'text', text: event.target.value },
            )
          }
        />
      </section>
    </div>
  );
}

function ResultInput() {
  const { t, lang } = useWords();
  const { task, answers, write, isLocked } = useWriting();
  const answer = answers[CONCLUSION_PATH];
  const result = answer?.kind === 'result' ? answer.result : null;
  const set = (next: CheckupResult): void => write(CONCLUSION_PATH, { kind: 'result', result: next });
  if (task.scale === 'checkup-pass') {
    const value = result?.scale === 'checkup-pass' ? result.value : null;
    return (
      <div className="field-choices">
        {PASS_VALUES.map(each => (
          <Option
            key={each}
            id={each}
            isChosen={value === each}
            isLocked={isLocked}
            onClick={() => set({ scale: 'checkup-pass', value: each })}
          >
            {PASS_WORDS[each][lang]}
          </Option>
        ))}
      </div>
    );
  }
  const now = result?.scale === 'checkup-degradation' ? result : null;
  const choices = [
    [false, false],
    [true, false],
    [true, true],
    [false, true],
  ] as const;
  return (
    <div className="field-choices">
      {choices.map(([degraded, appraisalNeeded]) => (
        <Option
          key={`${degraded}-${appraisalNeeded}`}
          id={`${degraded}-${appraisalNeeded}`}
          isChosen={now?.degraded === degraded && now.appraisalNeeded === appraisalNeeded}
          isLocked={isLocked}
          onClick={() => set({ scale: 'checkup-degradation', degraded, appraisalNeeded })}
        >
          {t(degraded ? 'inspect.degraded' : 'inspect.notDegraded')} ·{' '}
          {t(appraisalNeeded ? 'inspect.appraisal' : 'inspect.noAppraisal')}
        </Option>
      ))}
    </div>
  );
}

interface OptionProps {
  readonly id: string;
  readonly isChosen: boolean;
  readonly isLocked: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}
const Option = ({ id, isChosen, isLocked, onClick, children }: OptionProps) => (
  <button
    className={isChosen ? 'chosen' : ''}
    aria-pressed={isChosen}
    disabled={isLocked}
    data-testid={`result-${id}`}
    onClick={onClick}
  >
    {children}
  </button>
);
