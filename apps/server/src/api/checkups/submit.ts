import { AppError, type Millis } from '@anmai/kernel';
import {
  answersOf,
  canonical,
  conflictsOf,
  judgeSubmission,
  type CheckupRecord,
  type Signature,
  type SubmissionRefusal,
} from '@anmai/lifecycle';
import { FaultsError } from '@anmai/nest';
import type { SubmissionFacts } from '@anmai/postgres';
import type { submitCheckupSchema } from '@anmai/wire';
import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { CHECKUP_ERRORS as E } from './errors';

export type SubmitBody = z.output<typeof submitCheckupSchema>;

/**
 * What was sent, apart from the clock at the moment of sending: a phone that sends again after a broken line sends the
 * same. Drafts are told by their shown values, since a sync in between adds corrections of clocks.
 */
export const contentHash = ({
  form,
  fields,
  signatures,
  attachments,
  startedAt,
  finishedAt,
}: SubmitBody): string =>
  createHash('sha256')
    .update(canonical({ form, answers: answersOf(fields), signatures, attachments, startedAt, finishedAt }))
    .digest('hex');

/** The record, or an AppError that says why there is none. */
export async function recordOf(
  body: SubmitBody,
  facts: SubmissionFacts,
  sent: { readonly by: string; readonly at: Millis; readonly offsetMs: number; readonly hash: string },
): Promise<CheckupRecord> {
  const { row, ruleSet, fields, last } = facts;
  const foreign = body.signatures
    .map(({ username }) => username)
    .find((username): username is string => username !== null && !row.inspectors.includes(username));
  if (foreign !== undefined) throw new AppError(E.foreignSignature, { id: row.id, who: foreign });
  const form = await facts.form(body.form);
  if (form === null) throw new AppError(E.unknownForm, { ...body.form });
  const answers = answersOf(fields);
  const judged = judgeSubmission({
    ...{ form, answers, conflicts: conflictsOf(fields) },
    // Rows of another form cannot be held against this one's.
    last: last !== null && last.form.id === form.id ? last.answers : null,
    ...{
      scale: ruleSet.scale.value,
      inspectorsMin: ruleSet.inspectorsMin.value,
      ...{ signatures: body.signatures, attachments: body.attachments },
    },
  });
  if (!judged.ok) throw refused(judged.error);
  const revision = row.revision + 1;
  const right = (at: Millis): Millis => at + sent.offsetMs;
  return {
    id: `${row.id}.r${revision}`,
    ...{ checkupId: row.id, revision, form: body.form, answers },
    ...{ result: judged.value.result, findings: judged.value.assessment.findings },
    signatures: body.signatures.map((each): Signature => ({ ...each, signedAt: right(each.signedAt) })),
    attachments: body.attachments,
    ...{ deviceId: body.deviceId, startedAt: right(body.startedAt), finishedAt: right(body.finishedAt) },
    ...{ submittedAt: sent.at, submittedBy: sent.by, clockOffsetMs: sent.offsetMs, contentHash: sent.hash },
  };
}

function refused(refusal: SubmissionRefusal): AppError {
  switch (refusal.why) {
    case 'conflicts':
      return new AppError(E.conflictsOpen, { count: refusal.paths.length, first: refusal.paths[0]! });
    case 'answers':
      return new FaultsError(
        E.answersIncomplete,
        refusal.faults.map(({ path, why }) => ({ at: path, message: why })),
      );
    case 'scale':
      return new AppError(E.otherScale, { expected: refusal.expected, sent: refusal.sent });
    case 'tooFew':
      return new AppError(E.tooFewInspectors, { signed: refusal.signed, needed: refusal.needed });
    case 'unjudged':
      return new AppError(E.unjudgedPassed, { count: refusal.paths.length, first: refusal.paths[0]! });
    case 'understated':
      return new AppError(E.understated, {});
    case 'notAttached':
      return new FaultsError(
        E.notAttached,
        refusal.files.map(({ at, fileId }) => ({ at, message: fileId })),
      );
  }
}
