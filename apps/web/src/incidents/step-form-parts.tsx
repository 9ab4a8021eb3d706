import { Button, Input, Radio, Select } from 'antd';
import { useState } from 'react';
import type { StepBody } from '@anmai/wire';
import { useWords } from '../text/language';
import type { FormProps } from './step-forms';

const NOTE_CHARS_MAX = 2_000;
type Verdict = Extract<StepBody, { kind: 'assess' }>['verdict'];
const VERDICTS: readonly Verdict[] = ['true', 'false', 'test', 'deviceFault', 'plannedWork', 'biogas'];

interface NoteProps extends FormProps {
  readonly hint: string;
  readonly needed?: boolean;
  readonly onNote: (note: string) => void;
}

/** A step that says one thing in words. */
export function NoteForm({ busy, hint, needed = false, onNote }: NoteProps) {
  const { t } = useWords();
  const [note, setNote] = useState('');
  return (
    <div className="step-form">
      <Note value={note} hint={hint} onChange={setNote} />
      <Send
        busy={busy || (needed && note.trim() === '')}
        label={t('form.send')}
        onSend={() => onNote(note.trim())}
      />
    </div>
  );
}

export function AssessForm({ incident, busy, onSend }: FormProps) {
  const words = useWords();
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const [note, setNote] = useState('');
  return (
    <div className="step-form">
      <Radio.Group
        value={verdict}
        onChange={event => setVerdict(event.target.value as Verdict)}
        options={VERDICTS.map(value => ({ value, label: words.named('verdict', value) }))}
      />
      <Note value={note} hint={words.t('form.assessHint')} onChange={setNote} />
      <Send
        busy={busy || verdict === null}
        label={words.t('form.send')}
        onSend={() => {
          if (verdict !== null) onSend({ kind: 'assess', verdict, note: note.trim(), seenN: incident.lastN });
        }}
      />
    </div>
  );
}

export function FeedbackForm({ incident, busy, onSend }: FormProps) {
  const { t } = useWords();
  const waiting = incident.tasks.filter(task => task.answeredAt === null);
  const [taskId, setTaskId] = useState((waiting[0] ?? incident.tasks[0])?.id ?? '');
  const [note, setNote] = useState('');
  return (
    <div className="step-form">
      <Select
        size="small"
        aria-label={t('incident.tasks')}
        value={taskId}
        onChange={setTaskId}
        options={incident.tasks.map(task => ({ value: task.id, label: `${task.what} · ${task.orgId}` }))}
      />
      <Note value={note} hint={t('form.feedbackHint')} onChange={setNote} />
      <Send
        busy={busy || note.trim() === ''}
        label={t('form.send')}
        onSend={() => onSend({ kind: 'feedback', taskId, note: note.trim(), fileIds: [] })}
      />
    </div>
  );
}

interface InputProps {
  readonly value: string;
  readonly hint: string;
  readonly onChange: (value: string) => void;
}

export const Note = ({ value, hint, onChange }: InputProps) => (
  <Input.TextArea
    aria-label={hint}
    placeholder={hint}
    maxLength={NOTE_CHARS_MAX}
    autoSize={{ minRows: 2, maxRows: 6 }}
    value={value}
    onChange={event => onChange(event.target.value)}
  />
);

interface SendProps {
  readonly busy: boolean;
  readonly label: string;
  readonly onSend: () => void;
}

export const Send = ({ busy, label, onSend }: SendProps) => (
  <Button type="primary" disabled={busy} data-testid="step-send" onClick={onSend}>
    {label}
  </Button>
);
