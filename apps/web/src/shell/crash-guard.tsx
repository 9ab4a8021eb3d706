import { Component, type ReactNode } from 'react';
import { LanguageContext } from '../text/language';
import type { Words } from '../text/words';

interface State {
  readonly failed: boolean;
}

/** A page that fails must say so: a blank or frozen one could be read as "nothing is wrong". */
export class CrashGuard extends Component<{ readonly children: ReactNode }, State> {
  static override contextType = LanguageContext;
  declare context: Words;
  override state: State = { failed: false };

  static getDerivedStateFromError(): State {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    const { t } = this.context;
    return (
      <main className="crash" role="alert">
        <h1>{t('problem.crash')}</h1>
        <p>{t('problem.crashRemedy')}</p>
        <button type="button" onClick={() => location.reload()}>
          {t('problem.reload')}
        </button>
      </main>
    );
  }
}
