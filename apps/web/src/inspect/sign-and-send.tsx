import { itemsOf, signers } from '@anmai/lifecycle';
import { useState } from 'react';
import { useWords } from '../text/language';
import { useWriting } from './checkup-context';
import { useField, usePicture } from './context';
import { dayTime } from './day-time';
import { faultsByStep } from './progress';
import { go } from './route';
import { SignaturePadSheet } from './signature-pad';
import { fileKey, isOfOther, type DraftRow, type Signer } from './phone-shapes';

/** Who was on site signs; then the check-up is handed in, and waits in the outbox until the server has it. */
export function SignAndSend({ draft }: { readonly draft: DraftRow | null }) {
  const { t } = useWords();
  const { book } = useField();
  const picture = usePicture();
  const writing = useWriting();
  const { form, answers, task, checkupId, isLocked } = writing;
  const [signing, setSigning] = useState<number | null>(null);
  const list = draft?.signers ?? [];
  const faults = faultsByStep(form, answers);
  const { signed, needed } = signatureCount(draft, task.inspectorsMin);
  const put = (next: readonly Signer[]): void => void book.patchDraft(checkupId, { signers: next });
  const change = (i: number, patch: Partial<Signer>): void =>
    put(list.map((each, at) => (at === i ? { ...each, ...patch } : each)));
  return (
    <div className="field-entries">
      {draft === null && (
        <button className="field-button" onClick={writing.begin}>
          {t('inspect.begin')}
        </button>
      )}
      {list.map((signer, i) => (
        <SignerField
          key={i}
          signer={signer}
          number={i + 1}
          onChange={patch => change(i, patch)}
          onSign={() => setSigning(i)}
        />
      ))}
      {draft !== null && !isLocked && list.length < 10 && (
        <button
          className="field-button"
          onClick={() =>
            put([...list, { username: null, name: '', certificate: '', fileId: null, signedAt: null }])
          }
        >
          + {t('inspect.addSigner')}
        </button>
      )}
      {signing !== null && (
        <SignaturePadSheet
          name={list[signing]?.name ?? ''}
          onClose={() => setSigning(null)}
          onSigned={(fileId, signedAt) => {
            change(signing, { fileId, signedAt });
            setSigning(null);
          }}
        />
      )}
      <Faults faults={faults} />
      {signed < needed && <p className="bad">{t('inspect.signersNeeded', { n: needed, signed })}</p>}
      {draft !== null && <Fate draft={draft} />}
      {draft?.problem && draft.state === 'ready' && !isOfOther(picture, draft) && (
        <button
          className="field-button"
          data-testid="reopen"
          onClick={() => void book.patchDraft(checkupId, { state: 'open', problem: null })}
        >
          {t('inspect.reopen')}
        </button>
      )}
    </div>
  );
}

const signatureCount = (draft: DraftRow | null, inspectorsMin: number) => ({
  signed: signers(
    (draft?.signers ?? []).flatMap(each =>
      each.fileId === null || each.name.trim() === '' ? [] : [{ ...each, fileId: each.fileId }],
    ),
  ),
  needed: Math.max(inspectorsMin, 1),
});

/** At the bottom, where the thumb is; alive once nothing is missing. */
export function HandIn({ draft }: { readonly draft: DraftRow | null }) {
  const { t } = useWords();
  const { book, sender } = useField();
  const { form, answers, task, checkupId, isLocked } = useWriting();
  const { signed, needed } = signatureCount(draft, task.inspectorsMin);
  const isDone = faultsByStep(form, answers).length === 0 && signed >= needed;
  const send = (): void => {
    const done = { state: 'ready', finishedAt: Date.now(), problem: null } as const;
    void book.patchDraft(checkupId, done).then(() => sender.run());
  };
  return (
    <button
      className="field-button primary"
      disabled={draft === null || isLocked || !isDone}
      data-testid="hand-in"
      onClick={send}
    >
      {t(draft === null || draft.state === 'open' ? 'inspect.handIn' : `inspect.draft.${draft.state}`)}
    </button>
  );
}

/** What is missing, each a way to its step. */
function Faults({ faults }: { readonly faults: ReturnType<typeof faultsByStep> }) {
  const { t, lang } = useWords();
  const { checkupId, form } = useWriting();
  if (faults.length === 0) return null;
  const nameOf = (path: string): string => {
    const item = path.split('/').at(-1);
    const found = [...itemsOf(form)].find(each => each.item.id === item);
    return found?.item.name[lang] ?? t('inspect.result');
  };
  return (
    <section className="field-item" data-testid="faults">
      <h3>{t('inspect.stillMissing', { n: faults.length })}</h3>
      <ul>
        {faults.slice(0, 20).map(fault => (
          <li key={`${fault.path}-${fault.why}`}>
            <button
              className="field-link"
              onClick={() => go({ page: 'checkup', id: checkupId, step: fault.step })}
            >
              {nameOf(fault.path)}: {t(`inspect.fault.${fault.why}`)}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Fate({ draft }: { readonly draft: DraftRow }) {
  const { t } = useWords();
  if (draft.state === 'ready') return <p data-testid="fate-ready">{t('inspect.waitsToBeSent')}</p>;
  if (draft.record === null) return null;
  return (
    <p className="field-receipt" data-testid="record-receipt" data-record={draft.record.id}>
      {t('inspect.recordReceipt', { id: draft.record.id, at: dayTime(Date.parse(draft.record.submittedAt)) })}
    </p>
  );
}

interface SignerProps {
  readonly signer: Signer;
  readonly number: number;
  readonly onChange: (patch: Partial<Signer>) => void;
  readonly onSign: () => void;
}

function SignerField({ signer, number, onChange, onSign }: SignerProps) {
  const { t } = useWords();
  const { checkupId, isLocked } = useWriting();
  const { files } = usePicture();
  const file = signer.fileId === null ? undefined : files.get(fileKey(checkupId, signer.fileId));
  return (
    <section className="field-item" data-testid={`signer-${number}`} data-signed={signer.fileId !== null}>
      <h3>
        {t('inspect.signer', { n: number })} {signer.username !== null && <small>{signer.username}</small>}
      </h3>
      <label>
        {t('inspect.signerName')}
        <input
          value={signer.name}
          disabled={isLocked}
          maxLength={100}
          data-testid={`signer-name-${number}`}
          onChange={event => onChange({ name: event.target.value })}
        />
      </label>
      <label>
        {t('inspect.certificate')}
        <input
          value={signer.certificate}
          disabled={isLocked}
          maxLength={100}
          onChange={event => onChange({ certificate: event.target.value })}
        />
      </label>
      {file?.thumb && <img className="signature" src={file.thumb} alt={t('inspect.signature')} />}
      {!isLocked && (
        <button
          className="field-button"
          disabled={signer.name.trim() === ''}
          data-testid={`sign-${number}`}
          onClick={onSign}
        >
          {t(signer.fileId === null ? 'inspect.sign' : 'inspect.signAgain')}
        </button>
      )}
    </section>
  );
}
