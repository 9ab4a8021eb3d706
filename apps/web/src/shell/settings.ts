import type { ThemeName } from '../look/palette';
import type { Lang } from '../text/words';
import { oneOf, Stored } from './stored';

export const langSetting = new Stored<Lang>('anmai.lang', oneOf('zh', 'en'), 'zh');
export const themeSetting = new Stored<ThemeName>('anmai.theme', oneOf('dark', 'light'), 'dark');
export const soundSetting = new Stored<'on' | 'off'>('anmai.sound', oneOf('on', 'off'), 'off');

export const DETAIL_PX_MIN = 400;
export const DETAIL_PX_MAX = 800;
const isWidth = (text: string): text is string =>
  Number(text) >= DETAIL_PX_MIN && Number(text) <= DETAIL_PX_MAX;
export const detailWidthSetting = new Stored<string>('anmai.detailPx', isWidth, '480');
