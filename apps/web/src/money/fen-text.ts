import { fenOf, yuan } from '@anmai/lifecycle';
import type { Words } from '../text/words';

/** `1,234.56 元`. */
export const fenText = ({ t }: Words, fen: number | null): string =>
  fen === null ? '—' : t('money.yuan', { n: yuan(fen) });

/** Fen of what a person typed in yuan; null: no amount that can be booked. */
export function typedFen(text: string): number | null {
  const fen = fenOf(text);
  return fen !== null && fen > 0 ? fen : null;
}
