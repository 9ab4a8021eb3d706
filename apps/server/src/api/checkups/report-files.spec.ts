import { CHECKUP_FORMS, type CheckupRecord } from '@anmai/lifecycle';
import { filled } from '@anmai/lifecycle/testing/filled';
import { readDrawn } from './report-files';

const FORM = CHECKUP_FORMS.masonry;
const named = (fileId: string) => ({ fileId, sha256: `hash of ${fileId}`, kind: 'photo', path: null });
/** Signature `s`, photos `p1` and `p2`, and `other` that no answer names. */
const RECORD = {
  answers: filled(FORM, { 'ground.photos': { kind: 'photos', ids: ['p1', 'p2'] } }),
  signatures: [{ fileId: 's' }],
  attachments: ['other', 'p1', 'p2', 's'].map(named),
} as unknown as CheckupRecord;

it.each<[string, number, readonly string[], readonly string[], readonly string[]]>([
  ['all that is drawn, and nothing else', 30, [], ['s', 'p1', 'p2'], []],
  ['what fits, to the byte', 29, [], ['s', 'p1'], ['p2']],
  ['signatures first', 10, [], ['s'], ['p1', 'p2']],
  ['what is not here is not left out, and costs nothing', 20, ['p1'], ['s', 'p2'], []],
])('reads %s', async (_name, bytesMax, hidden, found, leftOut) => {
  const read: string[] = [];
  const source = {
    info: async (sha256: string) => (hidden.some(id => sha256 === `hash of ${id}`) ? null : { bytes: 10 }),
    read: async (sha256: string) => {
      read.push(sha256);
      return new Uint8Array(10);
    },
  };
  const files = await readDrawn(FORM, RECORD, source, bytesMax);
  expect([...files.found.keys()]).toEqual(found);
  expect([...files.leftOut]).toEqual(leftOut);
  expect(read).toEqual(found.map(id => `hash of ${id}`));
});
