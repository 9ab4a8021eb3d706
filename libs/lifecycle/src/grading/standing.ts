/**
 * How sure we are of what a standard says. `confirmed`: read in the text of the standard, or in a worked report that applies
 * it. `provisional`: recalled or taken from another source; an editable default, never "required by the standard".
 */
export type Standing = 'confirmed' | 'provisional';
