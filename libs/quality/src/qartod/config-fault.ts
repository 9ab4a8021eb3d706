import { AppError } from '@anmai/kernel';
import { QUALITY_ERRORS } from '../errors';

/** What is wrong with a configuration, and where. */
export interface QualityFault {
  readonly at: string;
  readonly message: string;
}

/** Throws QLT-001 with every fault at once; does nothing for an empty list. */
export function refuse(faults: readonly QualityFault[]): void {
  if (faults.length === 0) return;
  throw new AppError(QUALITY_ERRORS.badConfig, {
    faults: faults.map(fault => `${fault.at}: ${fault.message}`).join('; '),
  });
}

/** Fault unless it is a finite number. Types are checked at run time, too: configurations come from files. */
export function numberFaults(at: string, value: unknown): QualityFault[] {
  return typeof value === 'number' && Number.isFinite(value)
    ? []
    : [{ at, message: 'must be a finite number' }];
}

/** The same for a value that may be left out. */
export const optionalNumberFaults = (at: string, value: unknown): QualityFault[] =>
  value === undefined ? [] : numberFaults(at, value);
