import { answersOf, type Answers, type CheckupForm } from '@anmai/lifecycle';
import { useCallback, useMemo, type ReactNode } from 'react';
import { useWords } from '../text/language';
import { CheckupProvider, type Writing } from './checkup-context';
import { Conclusion } from './conclusion';
import { useField, usePicture, usePlace } from './context';
import { faultsByStep, stepCount } from './progress';
import { ProblemLine } from './problem-line';
import { go } from './route';
import { SectionForm } from './section-form';
import { HandIn, SignAndSend } from './sign-and-send';
import { formKey, isOfOther, isShownTo, type DraftRow, type TaskRow } from './phone-shapes';

export function CheckupPage({ id, step }: { readonly id: string; readonly step: number }) {
  const { t } = useWords();
  const picture = usePicture();
  const row = picture.tasks.get(id);
  const draft = picture.drafts.get(id);
  const form = row === undefined ? undefined : picture.forms.get(formKey(draft?.form ?? row.task.form));
  if (row === undefined || !isShownTo(picture, row)) return <Gone text={t('inspect.noSuchTask')} />;
  if (form === undefined) return <Gone text={t('inspect.formMissingLong')} />;
  return <Filled row={row} draft={draft ?? null} form={form} step={Math.min(step, stepCount(form) - 1)} />;
}

const Gone = ({ text }: { readonly text: string }) => (
  <main className="field-main">
    <p className="field-empty">{text}</p>
  </main>
);

interface FilledProps {
  readonly row: TaskRow;
  readonly draft: DraftRow | null;
  readonly form: CheckupForm;
  readonly step: number;
}

function Filled({ row, draft, form, step }: FilledProps) {
  const { book } = useField();
  const picture = usePicture();
  usePlace(); // Follows the position while a check-up is open.
  const fields = picture.fields.get(row.id);
  const answers = useMemo<Answers>(() => answersOf(fields ?? {}), [fields]);
  const last = useMemo<Answers | null>(() => row.task.last?.answers ?? null, [row]);
  const begin = useCallback((): void => {
    const known = book.get().drafts.get(row.id);
    // What was refused is tried again once something of it has changed.
    if (known?.problem && known.state === 'open') void book.patchDraft(row.id, { problem: null });
    if (known !== undefined) return;
    void book.putDraft(newDraft(row, form, book.get().me));
  }, [book, row, form]);
  const write = useCallback<Writing['write']>(
    (path, value) => {
      begin();
      void book.write(row.id, path, value);
    },
    [book, row.id, begin],
  );
  const writing: Writing = {
    checkupId: row.id,
    task: row.task,
    form,
    answers,
    last,
    fields: fields ?? {},
    isLocked: draft !== null && (draft.state !== 'open' || isOfOther(picture, draft)),
    write,
    begin,
  };
  return (
    <CheckupProvider value={writing}>
      <Steps step={step} writing={writing} draft={draft}>
        {draft !== null && isOfOther(picture, draft) && <OfOther draft={draft} />}
        {draft?.problem && <ProblemLine problem={draft.problem} />}
        <StepBody step={step} form={form} draft={draft} />
      </Steps>
    </CheckupProvider>
  );
}

/** Two who share a telephone: the one who did not begin it says so before going on with it. */
function OfOther({ draft }: { readonly draft: DraftRow }) {
  const { t } = useWords();
  const { book, sender } = useField();
  if (draft.state === 'sent') return null;
  const takeOver = (): void => void book.takeOver(draft.checkupId).then(() => sender.run());
  return (
    <p className="field-banner warn" data-testid="of-other">
      <span>{t('inspect.begunByOther', { name: draft.owner })}</span>
      <button className="field-button small" data-testid="take-over" onClick={takeOver}>
        {t('inspect.takeOver')}
      </button>
    </p>
  );
}

function StepBody({ step, form, draft }: { step: number; form: CheckupForm; draft: DraftRow | null }) {
  const section = form.sections[step];
  if (section !== undefined) return <SectionForm section={section} />;
  return step === form.sections.length ? <Conclusion /> : <SignAndSend draft={draft} />;
}

function newDraft(
  { id, task }: TaskRow,
  form: CheckupForm,
  me: { username: string; displayName: string } | null,
): DraftRow {
  const others = task.inspectors.filter(name => name !== me?.username);
  const count = Math.max(task.inspectorsMin, others.length + 1);
  return {
    checkupId: id,
    owner: me?.username ?? '',
    form: { id: form.id, version: form.version },
    state: 'open',
    startedAt: Date.now(),
    finishedAt: null,
    signers: Array.from({ length: count }, (_, i) => ({
      username: i === 0 ? (me?.username ?? null) : (others[i - 1] ?? null),
      // A signature carries the name of a person, which a user name is not.
      name: i === 0 ? (me?.displayName ?? '') : '',
      certificate: '',
      fileId: null,
      signedAt: null,
    })),
    syncedN: 0,
    record: null,
    problem: null,
  };
}

interface StepsProps {
  readonly step: number;
  readonly writing: Writing;
  readonly draft: DraftRow | null;
  readonly children: ReactNode;
}

function Steps({ step, writing, draft, children }: StepsProps) {
  const { t, lang } = useWords();
  const { form, answers, checkupId, task } = writing;
  const faults = faultsByStep(form, answers);
  const names = [
    ...form.sections.map(section => section.name[lang]),
    t('inspect.conclusion'),
    t('inspect.signSend'),
  ];
  const to = (next: number): void => {
    go({ page: 'checkup', id: checkupId, step: next });
    document.querySelector('.field-main')?.scrollTo(0, 0);
  };
  return (
    <main className="field-main with-steps">
      <div className="field-place">
        <b>{task.building.name}</b>
        <small>{task.building.address}</small>
      </div>
      <nav className="field-steps" aria-label={t('inspect.steps')}>
        {names.map((name, i) => (
          <button
            key={name}
            className={i === step ? 'now' : ''}
            data-testid={`step-${i}`}
            data-open={faults.filter(fault => fault.step === i).length}
            aria-current={i === step ? 'step' : undefined}
            title={name}
            onClick={() => to(i)}
          >
            <i>{i + 1}</i>
          </button>
        ))}
      </nav>
      <h2 className="field-step-name">
        {step + 1}/{names.length} {names[step]}
      </h2>
      {children}
      <footer className="field-foot">
        <button
          className="field-button"
          disabled={step === 0}
          data-testid="step-back"
          onClick={() => to(step - 1)}
        >
          {t('inspect.back')}
        </button>
        {step < names.length - 1 ? (
          <button className="field-button primary" data-testid="step-next" onClick={() => to(step + 1)}>
            {t('inspect.next')}
          </button>
        ) : (
          <HandIn draft={draft} />
        )}
      </footer>
    </main>
  );
}
