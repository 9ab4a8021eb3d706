import { useState, useSyncExternalStore } from 'react';
import { useWords } from '../text/language';
import { spanText } from '../text/words';
import { isClockWrong } from './clock-fix';
import { usePicture, useSender, useSessionOpen } from './context';
import { FieldLogin } from './field-login';

function subscribeLine(listener: () => void): () => void {
  for (const name of ['online', 'offline']) window.addEventListener(name, listener);
  return () => {
    for (const name of ['online', 'offline']) window.removeEventListener(name, listener);
  };
}
const useOnline = (): boolean => useSyncExternalStore(subscribeLine, () => navigator.onLine);

/** What one has to know wherever one is: what is not kept, a log-in that ended, a line that is gone, a wrong clock. */
export function Banners() {
  const words = useWords();
  const { t } = words;
  const { storageFault, clock, me } = usePicture();
  const sender = useSender();
  const isOpen = useSessionOpen();
  const isOnline = useOnline();
  const [isLogin, setLogin] = useState(false);
  const offsetMs = clock?.offsetMs ?? 0;
  const needsLogin = !isOpen || sender.kind === 'login';
  return (
    <>
      {storageFault !== null && (
        <p className="field-banner bad" role="alert" data-testid="storage-fault">
          {t('inspect.notKept', { why: storageFault })}
        </p>
      )}
      {needsLogin && (
        <p className="field-banner warn" data-testid="needs-login">
          <span>{t('inspect.loginEnded', { name: me?.displayName ?? '' })}</span>
          <button className="field-button small" data-testid="login-again" onClick={() => setLogin(true)}>
            {t('login.submit')}
          </button>
        </p>
      )}
      {!needsLogin && (sender.kind === 'away' || !isOnline) && (
        <p className="field-banner" data-testid="away">
          {t('inspect.away')}
        </p>
      )}
      {isClockWrong(clock) && (
        <p className="field-banner warn" data-testid="clock-wrong">
          {t(offsetMs > 0 ? 'inspect.clockBehind' : 'inspect.clockAhead', {
            span: spanText(words, Math.abs(offsetMs)),
          })}
        </p>
      )}
      {isLogin && <FieldLogin onDone={() => setLogin(false)} />}
    </>
  );
}
