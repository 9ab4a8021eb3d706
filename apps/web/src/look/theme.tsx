import { ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { createContext, useContext, useEffect, useLayoutEffect, useMemo, type ReactNode } from 'react';
import { STILL, useMedia } from '../shell/media';
import { langSetting, themeSetting } from '../shell/settings';
import { useStored } from '../shell/stored';
import { LanguageContext } from '../text/language';
import { words } from '../text/words';
import { antdTheme } from './antd-theme';
import { cssVariables, PALETTES, type Palette } from './palette';

const PaletteContext = createContext<Palette>(PALETTES.dark);

/** The palette in force, for what is drawn on a canvas and cannot take CSS variables. */
export const usePalette = (): Palette => useContext(PaletteContext);

const BEAT_MS = 1_000;

/** The slow pulse of what nobody has seen yet: one step a second for the whole page; none for who wants stillness. */
function useBeat(still: boolean): void {
  useEffect(() => {
    if (still) return;
    const root = document.documentElement;
    const timer = setInterval(() => {
      root.dataset['beat'] = root.dataset['beat'] === 'faint' ? 'full' : 'faint';
    }, BEAT_MS);
    return () => {
      clearInterval(timer);
      delete root.dataset['beat'];
    };
  }, [still]);
}

/** Theme and language for everything below. */
export function Appearance({ children }: { readonly children: ReactNode }) {
  const [lang] = useStored(langSetting);
  const [name] = useStored(themeSetting);
  const still = useMedia(STILL);
  useBeat(still);
  const text = useMemo(() => words(lang), [lang]);
  const config = useMemo(() => antdTheme(name, still), [name, still]);
  useLayoutEffect(() => {
    const root = document.documentElement;
    root.lang = lang === 'zh' ? 'zh-CN' : 'en';
    root.dataset['theme'] = name;
    root.style.colorScheme = name;
    for (const [variable, value] of Object.entries(cssVariables(PALETTES[name])))
      root.style.setProperty(variable, value);
    document.title = `${text.t('app.name')} · ${text.t('page.centre')}`;
  }, [lang, name, text]);
  return (
    <LanguageContext value={text}>
      <PaletteContext value={PALETTES[name]}>
        <ConfigProvider
          theme={config}
          locale={lang === 'zh' ? zhCN : enUS}
          button={{ autoInsertSpace: false }}
        >
          {children}
        </ConfigProvider>
      </PaletteContext>
    </LanguageContext>
  );
}
