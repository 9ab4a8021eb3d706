import type { FieldPath } from '@anmai/lifecycle';
import type { FileMeta } from '@anmai/wire';
import type { Words } from '../text/words';
import { isFromGallery, hashOf, markLines, picturesOf } from './photo';
import { serverTime } from './clock-fix';
import type { Writing } from './checkup-context';
import type { Field } from './context';
import type { NewFile } from './field-book';
import { fileKey, type FileRow } from './phone-shapes';
import { PLACE_FRESH_MS } from './place-watch';

interface Shot {
  readonly file: File;
  readonly source: 'camera' | 'gallery';
  readonly path: FieldPath;
  readonly subject: string;
}

/** Types that a browser leaves empty are told by the name. */
const typeOf = (file: File): string => {
  if (file.type !== '') return file.type;
  return /\.hei[cf]$/i.test(file.name) ? 'image/heic' : 'image/jpeg';
};

/**
 * Keeps the original as it is, and beside it a copy with time, place, inspector, building and member written into it. Gives the
 * id of the original. Resolves when both are on the disk of the telephone; rejects when either does not fit, and keeps neither.
 */
export async function takePhoto(
  { book, places }: Field,
  writing: Writing,
  shot: Shot,
  { t }: Words,
): Promise<string> {
  const { file, source, path, subject } = shot;
  const { checkupId, task } = writing;
  const { me, clock } = book.get();
  const phoneNow = Date.now();
  const isGallery = isFromGallery(source, file.lastModified, phoneNow);
  const takenAt = serverTime(clock, isGallery ? file.lastModified : phoneNow);
  const place = isGallery ? undefined : placeFor(places.get(), phoneNow, clock?.offsetMs ?? 0);
  const inspector = me?.displayName ?? '';
  const meta: FileMeta = {
    name: file.name.slice(0, 200) || 'photo.jpg',
    takenAt: new Date(takenAt).toISOString(),
    gallery: isGallery,
    ...(clock === null ? {} : { clockOffsetMs: clock.offsetMs }),
    ...(place === undefined ? {} : { place }),
    buildingId: task.building.id,
    checkupId,
    item: path,
    member: subject.slice(0, 200),
    ...(inspector === '' ? {} : { inspector }),
  };
  const original = await keepable(file);
  const id = await hashOf(original);
  const facts = { at: takenAt, isClockKnown: clock !== null, place, inspector, isGallery, original: id };
  const lines = markLines(
    { ...facts, building: task.building.name, member: subject },
    {
      clockUnknown: t('inspect.markClock'),
      noPlace: t('inspect.markNoPlace'),
      gallery: t('inspect.gallery'),
    },
  );
  const { marked, thumb } = await picturesOf(original, lines);
  const base = { owner: me?.username ?? '', checkupId, path, kind: 'photo' } as const;
  const kept: NewFile[] = [
    {
      row: fileRow({ ...base, id, type: typeOf(file), bytes: original.size, meta, thumb }),
      blob: original,
    },
  ];
  if (marked !== null) {
    const copy = { id: await hashOf(marked), type: 'image/jpeg', bytes: marked.size, thumb: null } as const;
    kept.push({ row: fileRow({ ...base, ...copy, meta: { ...meta, watermarkOf: id } }), blob: marked });
  }
  await book.addFiles(kept);
  return id;
}

/** A file of the camera may be gone with the camera's app; its bytes are taken into the page. */
const keepable = async (file: File): Promise<Blob> =>
  new Blob([await file.arrayBuffer()], { type: typeOf(file) });

function placeFor(
  place: ReturnType<Field['places']['get']>,
  now: number,
  offsetMs: number,
): FileMeta['place'] {
  if (place === null || now - place.at > PLACE_FRESH_MS) return undefined;
  const { lat, lon, accuracyM, at } = place;
  return { lat, lon, accuracyM: Math.min(accuracyM, 1_000_000), at: new Date(at + offsetMs).toISOString() };
}

type FileFacts = Pick<
  FileRow,
  'id' | 'owner' | 'checkupId' | 'path' | 'kind' | 'type' | 'bytes' | 'meta' | 'thumb'
>;
export const fileRow = (file: FileFacts): FileRow => ({
  ...file,
  key: fileKey(file.checkupId, file.id),
  uploadUrl: null,
  sentBytes: 0,
  receipt: null,
  problem: null,
  isCleared: false,
  isDropped: false,
});
