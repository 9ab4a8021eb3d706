import { attachmentsOf, filled } from '../testing/filled';
import { CHECKUP_FORMS } from './forms';
import { judgeSubmission, type SubmissionCase } from './submission';

const form = CHECKUP_FORMS.masonry;
const answers = filled(form);
const signatures = ['wang', 'li'].map(username => ({ username, name: username, fileId: `sig-${username}` }));
const attachments = attachmentsOf(answers, ['sig-wang', 'sig-li']);
const photo = attachments.find(each => each.kind === 'photo')!;
const judge = (over: Partial<SubmissionCase>) =>
  judgeSubmission({
    ...{ form, answers, conflicts: [], last: null, scale: 'checkup-pass', inspectorsMin: 2 },
    ...{ signatures, attachments, ...over },
  });
const without = (fileId: string) => attachments.filter(each => each.fileId !== fileId);

it('takes what names only files that come with it', () => {
  expect(judge({}).ok).toBe(true);
  expect(judge({ attachments: [...attachments, { fileId: 'sketch-1' }] }).ok).toBe(true);
});

it.each([
  ['a photo', photo.fileId, photo.path],
  ['the drawing of a signature', 'sig-li', 'signatures'],
])('refuses %s that is named and does not come with it', (_, fileId, at) => {
  const judged = judge({ attachments: without(fileId) });
  expect(judged).toEqual({ ok: false, error: { why: 'notAttached', files: [{ at, fileId }] } });
});
