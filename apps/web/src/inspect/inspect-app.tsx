import { useEffect, useMemo } from 'react';
import { langSetting } from '../shell/settings';
import { useStored } from '../shell/stored';
import { LanguageContext, useWords } from '../text/language';
import { words } from '../text/words';
import { Banners } from './banners';
import { CheckupPage } from './checkup-page';
import { FieldProvider, usePicture, useSender, type Field } from './context';
import { FieldLogin } from './field-login';
import { OutboxPage } from './outbox-page';
import { go, useInspectRoute } from './route';
import { waitingCount } from './sender';
import { TaskList } from './task-list';

export function InspectApp({ field }: { readonly field: Field }) {
  const [lang] = useStored(langSetting);
  const text = useMemo(() => words(lang), [lang]);
  useEffect(() => {
    document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en';
    document.title = `${text.t('app.name')} · ${text.t('inspect.title')}`;
  }, [lang, text]);
  return (
    <LanguageContext value={text}>
      <FieldProvider value={field}>
        <Shell />
      </FieldProvider>
    </LanguageContext>
  );
}

function Shell() {
  const route = useInspectRoute();
  const { me } = usePicture();
  // Who was never here needs the log-in; who was goes on without a line, and logs in again when sending asks for it.
  if (me === null) return <FieldLogin isFirst />;
  return (
    <div className="field-app">
      <Head />
      <Banners />
      {route.page === 'tasks' && <TaskList />}
      {route.page === 'outbox' && <OutboxPage />}
      {route.page === 'checkup' && <CheckupPage key={route.id} id={route.id} step={route.step} />}
    </div>
  );
}

function Head() {
  const { t } = useWords();
  const [lang, setLang] = useStored(langSetting);
  const route = useInspectRoute();
  const picture = usePicture();
  const sender = useSender();
  const waiting = waitingCount(picture);
  const isHome = route.page === 'tasks';
  return (
    <header className="field-head">
      {isHome ? (
        <strong className="field-name">{t('inspect.title')}</strong>
      ) : (
        <button className="field-link" data-testid="home" onClick={() => go({ page: 'tasks' })}>
          ‹ {t('inspect.tasks')}
        </button>
      )}
      <span className="field-space" />
      {route.page === 'checkup' && (
        <span className="field-kept" data-testid="kept" data-unkept={picture.unkept}>
          {t(picture.unkept > 0 ? 'inspect.keeping' : 'inspect.kept')}
        </span>
      )}
      <button
        className="field-link"
        title={t('switch.langTitle')}
        onClick={() => setLang(lang === 'zh' ? 'en' : 'zh')}
      >
        {t('switch.lang')}
      </button>
      <button
        className={waiting > 0 ? 'field-outbox waiting' : 'field-outbox'}
        data-testid="outbox-button"
        data-waiting={waiting}
        data-sender={sender.kind}
        onClick={() => go({ page: 'outbox' })}
      >
        {t('inspect.outboxShort')} <b>{waiting}</b>
      </button>
    </header>
  );
}
