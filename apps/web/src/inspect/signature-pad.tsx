import SignaturePad from 'signature_pad';
import { useEffect, useRef, useState } from 'react';
import { useWords } from '../text/language';
import { serverTime } from './clock-fix';
import { useWriting } from './checkup-context';
import { useField } from './context';
import { hashOf } from './photo';
import { ProblemLine } from './problem-line';
import { fileRow } from './take-photo';

interface PadProps {
  readonly name: string;
  readonly onClose: () => void;
  readonly onSigned: (fileId: string, signedAt: number) => void;
}

/** A sheet to sign on. The drawing becomes a PNG of the check-up. */
export function SignaturePadSheet({ name, onClose, onSigned }: PadProps) {
  const { t } = useWords();
  const { book } = useField();
  const { checkupId, task } = useWriting();
  const canvas = useRef<HTMLCanvasElement>(null);
  const pad = useRef<SignaturePad | null>(null);
  const [isEmpty, setEmpty] = useState(true);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    const element = canvas.current!;
    const ratio = Math.max(window.devicePixelRatio, 1);
    element.width = element.offsetWidth * ratio;
    element.height = element.offsetHeight * ratio;
    element.getContext('2d')!.scale(ratio, ratio);
    const made = new SignaturePad(element, { backgroundColor: 'white', penColor: 'black' });
    made.addEventListener('endStroke', () => setEmpty(made.isEmpty()));
    pad.current = made;
    return () => made.off();
  }, []);
  const keep = async (): Promise<void> => {
    const { me, clock } = book.get();
    const signedAt = Date.now();
    const thumb = pad.current!.toDataURL('image/png');
    const bytes = Uint8Array.from(atob(thumb.slice(thumb.indexOf(',') + 1)), char => char.charCodeAt(0));
    const blob = new Blob([bytes], { type: 'image/png' });
    const id = await hashOf(blob);
    const meta = {
      name: `${name}.png`,
      takenAt: new Date(serverTime(clock, signedAt)).toISOString(),
      buildingId: task.building.id,
      checkupId,
      inspector: name,
    };
    const base = {
      owner: me?.username ?? '',
      checkupId,
      path: null,
      kind: 'signature',
      type: 'image/png',
    } as const;
    const row = fileRow({ ...base, id, bytes: blob.size, meta, thumb });
    await book.addFiles([{ row, blob }]);
    onSigned(id, signedAt);
  };
  return (
    <div className="field-sheet" role="dialog">
      <div className="field-pad">
        <h2>{t('inspect.signAs', { name })}</h2>
        <canvas ref={canvas} data-testid="signature-canvas" />
        {error !== null && <ProblemLine error={error} />}
        <div className="field-row">
          <button className="field-button" onClick={onClose}>
            {t('inspect.cancel')}
          </button>
          <button
            className="field-button"
            onClick={() => {
              pad.current?.clear();
              setEmpty(true);
            }}
          >
            {t('inspect.clear')}
          </button>
          <button
            className="field-button primary"
            disabled={isEmpty}
            data-testid="signature-keep"
            onClick={() => {
              setError(null);
              keep().catch((cause: unknown) => setError(cause));
            }}
          >
            {t('inspect.keepSignature')}
          </button>
        </div>
      </div>
    </div>
  );
}
