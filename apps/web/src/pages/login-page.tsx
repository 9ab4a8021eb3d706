import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import type { ApiClient } from '../session/api-client';
import { ProblemNote } from '../shell/notes';
import { LangSwitch, ThemeSwitch } from '../shell/top-bar';
import { useWords } from '../text/language';

interface Credentials {
  readonly username: string;
  readonly password: string;
}

interface LoginProps {
  readonly api: ApiClient;
  /** There was a log-in in this tab and it has ended. */
  readonly ended: boolean;
}

export function LoginPage({ api, ended }: LoginProps) {
  const { t } = useWords();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const needed = [{ required: true, message: t('login.required') }];
  const enter = ({ username, password }: Credentials): void => {
    setBusy(true);
    setError(null);
    api
      .logIn(username.trim(), password)
      .catch((cause: unknown) => setError(cause))
      .finally(() => setBusy(false));
  };
  return (
    <main className="login">
      <div className="login-switches">
        <LangSwitch />
        <ThemeSwitch />
      </div>
      <Form<Credentials>
        className="login-form"
        layout="vertical"
        size="large"
        data-testid="login-form"
        onFinish={enter}
      >
        <h1>{t('app.name')}</h1>
        <p className="quiet">{t('login.title')}</p>
        {ended && !error && <p className="note">{t('login.ended')}</p>}
        <Form.Item name="username" label={t('login.username')} rules={needed} required={false}>
          <Input autoFocus autoComplete="username" data-testid="login-username" />
        </Form.Item>
        <Form.Item name="password" label={t('login.password')} rules={needed} required={false}>
          <Input type="password" autoComplete="current-password" data-testid="login-password" />
        </Form.Item>
        {error !== null && <ProblemNote error={error} />}
        <Button block type="primary" htmlType="submit" disabled={busy} data-testid="login-submit">
          {t('login.submit')}
        </Button>
      </Form>
    </main>
  );
}
