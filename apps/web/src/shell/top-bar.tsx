import { Button, Dropdown, type MenuProps } from 'antd';
import type { Severity } from '@anmai/catalog';
import { useQueryClient } from '@tanstack/react-query';
import { useCentre } from '../session/centre';
import { useMe } from '../session/data';
import type { SoundState } from '../sound/sound';
import { useWords } from '../text/language';
import { wallTime } from '../text/format';
import { HealthStrip } from './health-strip';
import { useNow } from './now';
import { pageGroups } from './page-groups';
import { go, NOTHING, type PageName } from './route';
import { langSetting, themeSetting } from './settings';
import { SeverityCounts } from './severity-counts';
import { useStored } from './stored';

const SECOND_MS = 1_000;

interface BarProps {
  readonly page: PageName;
  readonly severity: Severity | null;
  readonly doubtful: boolean;
  readonly sound: { readonly state: SoundState; readonly toggle: () => void };
  readonly onSeverity: (severity: Severity | null) => void;
  readonly onBlind: () => void;
}

const cityName = (): string =>
  document.querySelector<HTMLMetaElement>('meta[name="anmai-city"]')?.content.trim() ?? '';

function Clock() {
  const now = wallTime(useNow(SECOND_MS));
  return (
    <time className="clock num">
      <span className="quiet">{now.day}</span> {now.time}
    </time>
  );
}

export function LangSwitch() {
  const { t } = useWords();
  const [lang, setLang] = useStored(langSetting);
  return (
    <Button
      type="text"
      data-testid="lang-switch"
      title={t('switch.langTitle')}
      onClick={() => setLang(lang === 'zh' ? 'en' : 'zh')}
    >
      {t('switch.lang')}
    </Button>
  );
}

export function ThemeSwitch() {
  const { t } = useWords();
  const [theme, setTheme] = useStored(themeSetting);
  const title = t(theme === 'dark' ? 'switch.toLight' : 'switch.toDark');
  return (
    <Button
      type="text"
      data-testid="theme-switch"
      title={title}
      aria-label={title}
      onClick={() => setTheme(theme === 'dark' ? 'light' : 'dark')}
    >
      {theme === 'dark' ? '☀' : '☾'}
    </Button>
  );
}

export function UserMenu() {
  const { t } = useWords();
  const { api } = useCentre();
  const queries = useQueryClient();
  const me = useMe().data;
  const items: NonNullable<MenuProps['items']> = [
    ...(me ? [{ key: 'role', disabled: true, label: t('user.role', { role: t(`role.${me.role}`) }) }] : []),
    { key: 'out', label: t('user.logout') },
  ];
  const leave = (): void => void api.logOut().then(() => queries.clear());
  return (
    <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => key === 'out' && leave() }}>
      <Button type="text" className="user" data-testid="user-menu">
        {me?.displayName ?? '…'}
      </Button>
    </Dropdown>
  );
}

function PageMenu({ page }: { readonly page: PageName }) {
  const { t } = useWords();
  const items = pageGroups().map(group => ({
    key: `group:${group.name}`,
    type: 'group' as const,
    label: t(`menu.${group.name}`),
    children: group.pages.map(name => ({ key: name, label: t(`page.${name}`) })),
  }));
  return (
    <Dropdown
      trigger={['click']}
      menu={{ items, selectedKeys: [page], onClick: ({ key }) => go({ page: key as PageName, ...NOTHING }) }}
    >
      <Button type="text" className="page-menu" aria-label={t('app.menu')}>
        ≡ {t(`page.${page}`)}
      </Button>
    </Dropdown>
  );
}

/** City, clock, whether the picture can be trusted, how bad it is, and the switches. */
export function TopBar({ page, severity, doubtful, sound, onSeverity, onBlind }: BarProps) {
  const { t } = useWords();
  return (
    <header className="top-bar">
      <strong className="city">
        {t('app.name')}
        <span className="quiet"> {cityName() || t('app.city')}</span>
      </strong>
      <PageMenu page={page} />
      <Clock />
      <HealthStrip doubtful={doubtful} onBlind={onBlind} />
      <SeverityCounts chosen={severity} onChoose={onSeverity} />
      <div className="switches">
        <Button
          type="text"
          data-sound={sound.state}
          data-testid="sound-switch"
          className={sound.state === 'on' ? '' : 'sound-off'}
          title={t(`sound.${sound.state}Title` as const)}
          onClick={sound.toggle}
        >
          {t(`sound.${sound.state}` as const)}
        </Button>
        <LangSwitch />
        <ThemeSwitch />
        <UserMenu />
      </div>
    </header>
  );
}
