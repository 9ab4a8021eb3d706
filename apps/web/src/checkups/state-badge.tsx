import type { CheckupResult, CheckupState, DueState } from '@anmai/lifecycle';
import { resultWords } from '@anmai/lifecycle';
import { useWords } from '../text/language';

/** Weight and edge carry the state; a check-up that is overdue is no alarm and takes no alarm's colour. */
export function DueBadge({ state }: { readonly state: DueState }) {
  const { t } = useWords();
  return (
    <span className={`due-badge ${state}`} data-due={state}>
      {t(`due.${state}`)}
    </span>
  );
}

export function CheckupBadge({ state }: { readonly state: CheckupState }) {
  const { t } = useWords();
  return (
    <span className={`due-badge checkup-${state}`} data-state={state}>
      {t(`chkState.${state}`)}
    </span>
  );
}

export function ResultText({ result }: { readonly result: CheckupResult }) {
  const { lang } = useWords();
  return <b>{resultWords(result)[lang]}</b>;
}
