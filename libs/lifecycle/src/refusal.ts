import { err, type ErrorDetails, type ErrorSpec } from '@anmai/kernel';

/** An expected refusal as a value: which row of a catalogue, with what is to be said about this case. */
export interface Refusal {
  readonly spec: ErrorSpec;
  readonly details: ErrorDetails;
}

export const refuse = (
  spec: ErrorSpec,
  details: ErrorDetails = {},
): { readonly ok: false; readonly error: Refusal } => err({ spec, details });
