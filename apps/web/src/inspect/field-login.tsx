import { useState, type FormEvent } from 'react';
import { langSetting } from '../shell/settings';
import { useStored } from '../shell/stored';
import { useWords } from '../text/language';
import { useField, usePicture } from './context';
import { ProblemLine } from './problem-line';

/** `isFirst`: the whole page. Else a sheet over it: what was filled in stays where it is. */
export function FieldLogin({
  isFirst = false,
  onDone,
}: {
  readonly isFirst?: boolean;
  readonly onDone?: () => void;
}) {
  const { t } = useWords();
  const { api, sender } = useField();
  const { me } = usePicture();
  const [lang, setLang] = useStored(langSetting);
  const [username, setUsername] = useState(me?.username ?? '');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const enter = (event: FormEvent): void => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    const work = async (): Promise<void> => {
      await api.logIn(username.trim(), password);
      await sender.hello();
      void sender.run();
      onDone?.();
    };
    work()
      .catch((cause: unknown) => setError(cause))
      .finally(() => setBusy(false));
  };
  return (
    <div className={isFirst ? 'field-login' : 'field-sheet'} role="dialog">
      <form onSubmit={enter}>
        <div className="field-row">
          <h1>{isFirst ? t('inspect.title') : t('inspect.loginAgain')}</h1>
          <span className="field-space" />
          <button type="button" className="field-link" onClick={() => setLang(lang === 'zh' ? 'en' : 'zh')}>
            {t('switch.lang')}
          </button>
        </div>
        <p>{t(isFirst ? 'inspect.loginFirst' : 'inspect.loginKeeps')}</p>
        <label>
          {t('login.username')}
          <input
            value={username}
            autoComplete="username"
            autoCapitalize="none"
            data-testid="login-username"
            onChange={event => setUsername(event.target.value)}
          />
        </label>
        <label>
          {t('login.password')}
          <input
            type="password"
            value={password}
            autoComplete="current-password"
            data-testid="login-password"
            onChange={event => setPassword(event.target.value)}
          />
        </label>
        {error !== null && <ProblemLine error={error} />}
        <button
          className="field-button primary"
          disabled={busy || username === '' || password === ''}
          data-testid="login-submit"
        >
          {t('login.submit')}
        </button>
        {!isFirst && (
          <button type="button" className="field-button" onClick={onDone}>
            {t('inspect.later')}
          </button>
        )}
      </form>
    </div>
  );
}
