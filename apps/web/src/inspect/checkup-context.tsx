import type { Answers, AnswerValue, CheckupForm, DraftFields, FieldPath } from '@anmai/lifecycle';
import type { CheckupTaskShape } from '@anmai/wire';
import { createContext, useContext } from 'react';

/** The check-up that is being filled in. */
export interface Writing {
  readonly checkupId: string;
  readonly task: CheckupTaskShape;
  readonly form: CheckupForm;
  readonly answers: Answers;
  /** Of the last check-up of the building; null: there was none. */
  readonly last: Answers | null;
  readonly fields: DraftFields;
  /** Handed in: to be read. */
  readonly isLocked: boolean;
  /** Kept at once. */
  readonly write: (path: FieldPath, value: AnswerValue) => void;
  /** Makes the draft, for what is no answer: a signature. */
  readonly begin: () => void;
}

const CheckupContext = createContext<Writing | null>(null);
export const CheckupProvider = CheckupContext.Provider;

export function useWriting(): Writing {
  const writing = useContext(CheckupContext);
  if (writing === null) throw new Error('outside of CheckupProvider');
  return writing;
}
