import { answersOf } from '@anmai/lifecycle';
import { useState } from 'react';
import { useWords } from '../text/language';
import { useField, usePicture } from './context';
import { dayTime } from './day-time';
import { ProblemLine } from './problem-line';
import { progressOf } from './progress';
import { go } from './route';
import { filesOf, formKey, isShownTo, type Picture, type TaskRow } from './phone-shapes';
import { persistStorage } from './start';

/** The check-ups that were taken along, due first. */
export function TaskList() {
  const { t } = useWords();
  const picture = usePicture();
  const { sender } = useField();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const tasks = [...picture.tasks.values()]
    .filter(row => isShownTo(picture, row))
    .sort((a, b) => (a.task.dueOn ?? '9').localeCompare(b.task.dueOn ?? '9') || a.id.localeCompare(b.id));
  const take = (): void => {
    setBusy(true);
    setError(null);
    void persistStorage();
    sender
      .takeAlong()
      .catch((cause: unknown) => setError(cause))
      .finally(() => setBusy(false));
  };
  return (
    <main className="field-main">
      <div className="field-row">
        <p className="quiet">
          {picture.takenAt === null
            ? t('inspect.neverTaken')
            : t('inspect.takenAt', { at: dayTime(picture.takenAt), n: tasks.length })}
        </p>
      </div>
      {picture.isCut && <p className="bad">{t('inspect.tasksCut', { n: tasks.length })}</p>}
      {error !== null && <ProblemLine error={error} />}
      {tasks.length === 0 && <p className="field-empty">{t('inspect.noTasks')}</p>}
      <ul className="field-list" data-testid="tasks">
        {tasks.map(row => (
          <TaskItem key={row.id} row={row} picture={picture} />
        ))}
      </ul>
      <footer className="field-foot">
        <button className="field-button primary" disabled={busy} data-testid="take-along" onClick={take}>
          {busy ? t('inspect.taking') : t('inspect.takeAlong')}
        </button>
      </footer>
    </main>
  );
}

function TaskItem({ row, picture }: { readonly row: TaskRow; readonly picture: Picture }) {
  const { t, lang } = useWords();
  const { task } = row;
  const draft = picture.drafts.get(row.id);
  const form = picture.forms.get(formKey(draft?.form ?? task.form));
  const progress = form === undefined ? null : progressOf(form, answersOf(picture.fields.get(row.id) ?? {}));
  const files = filesOf(picture, row.id);
  const received = files.filter(file => file.receipt !== null).length;
  return (
    <li>
      <button
        className="field-task"
        data-testid={`task-${row.id}`}
        data-state={draft?.state ?? 'new'}
        onClick={() => go({ page: 'checkup', id: row.id, step: 0 })}
      >
        <b>{task.building.name}</b>
        <span>{task.building.address}</span>
        <span className="quiet">
          {t(`inspect.kind.${task.kind}`)} · {form === undefined ? t('inspect.formMissing') : form.name[lang]}
        </span>
        <span className="field-row">
          {task.dueOn !== null && <em className="chip">{t('inspect.due', { day: task.dueOn })}</em>}
          {task.state === 'returned' && draft?.state === 'open' && (
            <em className="chip bad">{t('inspect.returned')}</em>
          )}
          <em className="chip">{t(`inspect.draft.${draft?.state ?? 'new'}`)}</em>
          {draft !== undefined && progress !== null && (
            <em className="chip">
              {progress.answered}/{progress.asked}
            </em>
          )}
          {files.length > 0 && (
            <em className="chip">{t('inspect.filesReceived', { n: received, all: files.length })}</em>
          )}
        </span>
      </button>
    </li>
  );
}
