import { err, ok, type Result } from '@anmai/kernel';
import { CONCLUSION_NOTE_PATH, CONCLUSION_PATH, type Answers, type FieldPath } from './answer';
import { assess, understates, type Assessment } from './assess';
import { answerFaults, type AnswerFault } from './check-answers';
import type { CheckupForm } from './form';
import type { Attachment, Signature } from './record';
import type { CheckupResult, CheckupScale } from './scale';
import { signers } from './signatures';

/** Why a submission is refused. */
export type SubmissionRefusal =
  | { readonly why: 'conflicts'; readonly paths: readonly FieldPath[] }
  | { readonly why: 'answers'; readonly faults: readonly AnswerFault[] }
  | { readonly why: 'scale'; readonly expected: CheckupScale; readonly sent: CheckupScale }
  | { readonly why: 'tooFew'; readonly signed: number; readonly needed: number }
  | { readonly why: 'unjudged'; readonly paths: readonly FieldPath[] }
  | { readonly why: 'understated'; readonly level: number }
  | { readonly why: 'notAttached'; readonly files: readonly NamedFile[] };

/** A file that an answer or a signature names; `at`: the path of the answer, or `signatures`. */
export interface NamedFile {
  readonly at: FieldPath;
  readonly fileId: string;
}

export interface SubmissionCase {
  readonly form: CheckupForm;
  readonly answers: Answers;
  readonly conflicts: readonly FieldPath[];
  /** Answers of the last check-up; null: there was none. */
  readonly last: Answers | null;
  readonly scale: CheckupScale;
  readonly inspectorsMin: number;
  readonly signatures: readonly Pick<Signature, 'username' | 'name' | 'fileId'>[];
  readonly attachments: readonly Pick<Attachment, 'fileId'>[];
}

/** Files that are named and not among the attachments: nobody would wait for them, and nobody would miss them. */
export function notAttached({
  answers,
  signatures,
  attachments,
}: Pick<SubmissionCase, 'answers' | 'signatures' | 'attachments'>): readonly NamedFile[] {
  const attached = new Set(attachments.map(each => each.fileId));
  const named = [
    ...Object.entries(answers).flatMap(([at, answer]) =>
      answer.kind === 'photos' ? answer.ids.map(fileId => ({ at, fileId })) : [],
    ),
    ...signatures.map(({ fileId }) => ({ at: 'signatures', fileId })),
  ];
  return named.filter(({ fileId }) => !attached.has(fileId));
}

/** May it be submitted as it stands, and what does it say? */
export function judgeSubmission(
  sent: SubmissionCase,
): Result<{ readonly result: CheckupResult; readonly assessment: Assessment }, SubmissionRefusal> {
  if (sent.conflicts.length > 0) return err({ why: 'conflicts', paths: sent.conflicts });
  const faults = answerFaults(sent.form, sent.answers);
  if (faults.length > 0) return err({ why: 'answers', faults });
  const conclusion = sent.answers[CONCLUSION_PATH];
  if (conclusion?.kind !== 'result') return err({ why: 'answers', faults: [] });
  const { result } = conclusion;
  if (result.scale !== sent.scale) return err({ why: 'scale', expected: sent.scale, sent: result.scale });
  const signed = signers(sent.signatures);
  if (signed < sent.inspectorsMin) return err({ why: 'tooFew', signed, needed: sent.inspectorsMin });
  const assessment = assess(sent.form, sent.answers, sent.last);
  const less = understates(result, assessment);
  if (less === 'unjudged') return err({ why: 'unjudged', paths: assessment.unjudged });
  // Professionals may judge otherwise than the counting does, and say why.
  if (less === 'findings' && sent.answers[CONCLUSION_NOTE_PATH]?.kind !== 'text')
    return err({ why: 'understated', level: assessment.level });
  const missing = notAttached(sent);
  if (missing.length > 0) return err({ why: 'notAttached', files: missing });
  return ok({ result, assessment });
}
