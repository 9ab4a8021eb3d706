/** A name in both languages of the page. */
export interface Words {
  readonly zh: string;
  readonly en: string;
}

/**
 * Where a number or a rule comes from. `provisional`: recalled or copied from a draft; it may be edited, the page says
 * so beside it, and nothing may call it the demand of a standard.
 */
export interface Mark {
  readonly status: 'confirmed' | 'provisional';
  readonly source: string;
}

export const provisional = (source: string): Mark => ({ status: 'provisional', source });
export const confirmed = (source: string): Mark => ({ status: 'confirmed', source });
