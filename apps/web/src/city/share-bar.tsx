import { shareText } from '@anmai/lifecycle';
import { useWords } from '../text/language';

interface ShareProps {
  readonly share: { readonly numerator: number; readonly denominator: number; readonly share: number | null };
  /** Drawn as a line across the bar. */
  readonly target?: number;
}

/** A share as a bar with its target and its number; no data is hatched and says so. */
export function ShareBar({ share, target }: ShareProps) {
  const { t } = useWords();
  if (share.share === null) {
    return (
      <span className="share">
        <span className="share-bar none" aria-hidden="true" />
        <span className="quiet">{t('city.noData')}</span>
      </span>
    );
  }
  return (
    <span className="share">
      <span className="share-bar" aria-hidden="true">
        <span style={{ width: `${Math.min(1, share.share) * 100}%` }} />
        {target !== undefined && <i style={{ left: `${target * 100}%` }} />}
      </span>
      <span className="num">{shareText(share)}</span>
    </span>
  );
}
