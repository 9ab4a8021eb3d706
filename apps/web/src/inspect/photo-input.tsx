import type { FieldPath, PhotosItem } from '@anmai/lifecycle';
import { useRef, useState } from 'react';
import { useWords } from '../text/language';
import { useWriting } from './checkup-context';
import { useField, usePicture } from './context';
import { ProblemLine } from './problem-line';
import { fileKey } from './phone-shapes';
import { takePhoto } from './take-photo';

interface PhotoProps {
  readonly item: PhotosItem;
  readonly path: FieldPath;
  readonly subject: string;
}

/** Camera first; the gallery is there, and says so on the picture and in the record. */
export function PhotoInput({ item, path, subject }: PhotoProps) {
  const { t } = useWords();
  const field = useField();
  const picture = usePicture();
  const words = useWords();
  const writing = useWriting();
  const { answers, checkupId, isLocked, write } = writing;
  const answer = answers[path];
  const ids = answer?.kind === 'photos' ? answer.ids : [];
  const [working, setWorking] = useState(0);
  const [error, setError] = useState<unknown>(null);
  const idsNow = useRef(ids);
  idsNow.current = ids;
  const take = async (files: readonly File[], source: 'camera' | 'gallery'): Promise<void> => {
    setError(null);
    setWorking(files.length);
    for (const file of files.slice(0, item.countMax - idsNow.current.length)) {
      try {
        writing.begin();
        const id = await takePhoto(field, writing, { file, source, path, subject }, words);
        if (!idsNow.current.includes(id)) {
          idsNow.current = [...idsNow.current, id];
          write(path, { kind: 'photos', ids: idsNow.current });
        }
      } catch (cause) {
        setError(cause);
      }
      setWorking(left => left - 1);
    }
    setWorking(0);
  };
  const drop = (id: string): void => {
    idsNow.current = ids.filter(each => each !== id);
    write(path, idsNow.current.length === 0 ? { kind: 'empty' } : { kind: 'photos', ids: idsNow.current });
    const isInOther = Object.entries(answers).some(
      ([at, other]) => at !== path && other.kind === 'photos' && other.ids.includes(id),
    );
    if (isInOther) return;
    for (const file of picture.files.values()) {
      const isOfIt = file.checkupId === checkupId && (file.id === id || file.meta.watermarkOf === id);
      if (isOfIt) void field.book.patchFile(file.key, { isDropped: true });
    }
  };
  return (
    <div className="field-photos">
      <ul>
        {ids.map(id => {
          const file = picture.files.get(fileKey(checkupId, id));
          return (
            <li key={id} data-received={file?.receipt != null}>
              {file?.thumb ? (
                <img src={file.thumb} alt="" />
              ) : (
                <span className="no-thumb">{t('inspect.noThumb')}</span>
              )}
              {file?.meta.gallery === true && <em>{t('inspect.gallery')}</em>}
              {file?.receipt != null && <em className="got">{t('inspect.received')}</em>}
              {!isLocked && (
                <button title={t('inspect.removePhoto')} onClick={() => drop(id)}>
                  ×
                </button>
              )}
            </li>
          );
        })}
      </ul>
      <p className="quiet">
        {working > 0
          ? t('inspect.photosWorking', { n: working })
          : t('inspect.photosOf', { n: ids.length, min: item.countMin, max: item.countMax })}
      </p>
      {error !== null && <ProblemLine error={error} />}
      {!isLocked && ids.length < item.countMax && (
        <div className="field-row">
          <PhotoButton source="camera" path={path} label={t('inspect.takePhoto')} onFiles={take} />
          <PhotoButton source="gallery" path={path} label={t('inspect.fromGallery')} onFiles={take} />
        </div>
      )}
    </div>
  );
}

interface ButtonProps {
  readonly source: 'camera' | 'gallery';
  readonly path: FieldPath;
  readonly label: string;
  readonly onFiles: (files: readonly File[], source: 'camera' | 'gallery') => Promise<void>;
}

function PhotoButton({ source, path, label, onFiles }: ButtonProps) {
  return (
    <label className={source === 'camera' ? 'field-button primary' : 'field-button'}>
      {label}
      <input
        hidden
        type="file"
        accept="image/jpeg,image/png,image/webp,image/heic"
        multiple={source === 'gallery'}
        {...(source === 'camera' ? { capture: 'environment' as const } : {})}
        data-testid={`${source}-${path}`}
        onChange={event => {
          const files = [...(event.target.files ?? [])];
          event.target.value = '';
          void onFiles(files, source);
        }}
      />
    </label>
  );
}
