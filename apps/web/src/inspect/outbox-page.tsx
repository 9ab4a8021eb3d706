import { useEffect, useState } from 'react';
import { useWords } from '../text/language';
import { useField, usePicture, useSender } from './context';
import { dayTime, sizeText } from './day-time';
import { ProblemLine } from './problem-line';
import { isPersisted, persistStorage } from './start';
import type { DraftRow, FileRow } from './phone-shapes';

/** Everything that goes to the server, how far it has come, and the receipt of what is there. */
export function OutboxPage() {
  const { t } = useWords();
  const { book, sender } = useField();
  const picture = usePicture();
  const state = useSender();
  const owner = picture.me?.username;
  const drafts = [...picture.drafts.values()].filter(draft => draft.owner === owner);
  const files = [...picture.files.values()]
    .filter(file => file.owner === owner && !file.isDropped)
    .sort(byUrgency);
  const others = [...picture.drafts.values()].filter(
    draft => draft.owner !== owner && draft.state !== 'sent',
  );
  const received = files.filter(file => file.receipt !== null);
  const clearable = received.filter(
    file => !file.isCleared && picture.drafts.get(file.checkupId)?.state === 'sent',
  );
  return (
    <main className="field-main" data-testid="outbox">
      <h2 className="field-step-name">{t('inspect.outbox')}</h2>
      <StorageLine />
      <p data-testid="outbox-count">
        {t('inspect.filesReceived', { n: received.length, all: files.length })} ·{' '}
        {t(`inspect.sender.${state.kind}`)}
      </p>
      {others.length > 0 && (
        <p className="bad">
          {t('inspect.ofOthers', { names: [...new Set(others.map(each => each.owner))].join('、') })}
        </p>
      )}
      <ul className="field-list">
        {drafts.map(draft => (
          <DraftLine
            key={draft.checkupId}
            draft={draft}
            name={picture.tasks.get(draft.checkupId)?.task.building.name ?? draft.checkupId}
          />
        ))}
        {files.map(file => (
          <FileLine key={file.key} file={file} />
        ))}
      </ul>
      {drafts.length + files.length === 0 && <p className="field-empty">{t('inspect.outboxEmpty')}</p>}
      <footer className="field-foot">
        <button
          className="field-button primary"
          data-testid="send-now"
          disabled={state.kind === 'sending'}
          onClick={() => void sender.run()}
        >
          {t('inspect.sendNow')}
        </button>
        {clearable.length > 0 && (
          <button
            className="field-button"
            data-testid="clear"
            onClick={() => void book.clear(clearable.map(file => file.key))}
          >
            {t('inspect.clearPhone', {
              size: sizeText(clearable.reduce((sum, file) => sum + file.bytes, 0)),
            })}
          </button>
        )}
      </footer>
    </main>
  );
}

/** What was refused, what is on its way, what waits, what is there; originals before their copies. */
const rank = (file: FileRow): number => {
  if (file.problem !== null) return 0;
  if (file.receipt !== null) return 3;
  return file.sentBytes > 0 ? 1 : 2;
};
const byUrgency = (a: FileRow, b: FileRow): number =>
  rank(a) - rank(b) ||
  Number(a.meta.watermarkOf !== undefined) - Number(b.meta.watermarkOf !== undefined) ||
  (a.key < b.key ? -1 : 1);

function StorageLine() {
  const { t } = useWords();
  const [kept, setKept] = useState<boolean | null>(null);
  useEffect(() => void isPersisted().then(setKept), []);
  if (kept === null) return null;
  if (kept)
    return (
      <p className="quiet" data-testid="storage" data-kept="true">
        {t('inspect.storageKept')}
      </p>
    );
  return (
    <p className="field-banner warn" data-testid="storage" data-kept="false">
      <span>{t('inspect.storageNotKept')}</span>
      <button className="field-button small" onClick={() => void persistStorage().then(setKept)}>
        {t('inspect.storageAsk')}
      </button>
    </p>
  );
}

function DraftLine({ draft, name }: { readonly draft: DraftRow; readonly name: string }) {
  const { t } = useWords();
  return (
    <li className="field-out" data-testid={`out-${draft.checkupId}`} data-state={draft.state}>
      <b>{name}</b>
      <span>{t(`inspect.draft.${draft.state}`)}</span>
      {draft.record !== null && (
        <small className="field-receipt">
          {t('inspect.recordReceipt', {
            id: draft.record.id,
            at: dayTime(Date.parse(draft.record.submittedAt)),
          })}
        </small>
      )}
      {draft.problem !== null && <ProblemLine problem={draft.problem} />}
    </li>
  );
}

function FileLine({ file }: { readonly file: FileRow }) {
  const { t } = useWords();
  const { book, sender } = useField();
  const percent = Math.floor((file.sentBytes / Math.max(1, file.bytes)) * 100);
  const again = (): void => void book.patchFile(file.key, { problem: null }).then(() => sender.run());
  return (
    <li className="field-out" data-testid="out-file" data-sha={file.id} data-received={file.receipt !== null}>
      <span className="field-row">
        {file.thumb !== null && file.kind === 'photo' && <img src={file.thumb} alt="" />}
        <span className="field-grow">
          <b>
            {t(`inspect.file.${file.kind}`)}
            {file.meta.watermarkOf !== undefined && ` · ${t('inspect.marked')}`}
            {file.meta.gallery === true && ` · ${t('inspect.gallery')}`}
          </b>
          <small>
            {sizeText(file.bytes)} · {file.id.slice(0, 12)}
            {file.isCleared && ` · ${t('inspect.cleared')}`}
          </small>
          {file.receipt === null ? (
            <progress max={100} value={percent} />
          ) : (
            <small className="field-receipt">
              {t('inspect.fileReceipt', {
                at: dayTime(Date.parse(file.receipt.receivedAt)),
                id: file.receipt.id.slice(0, 17),
              })}
            </small>
          )}
        </span>
      </span>
      {file.problem !== null && (
        <>
          <ProblemLine problem={file.problem} />
          <button className="field-button small" onClick={again}>
            {t('problem.retry')}
          </button>
        </>
      )}
    </li>
  );
}
