import { theme, type ThemeConfig } from 'antd';
import { PALETTES, type ThemeName } from './palette';

/** Ant Design in our colours: flat, dense, quiet. */
export function antdTheme(name: ThemeName, still: boolean): ThemeConfig {
  const palette = PALETTES[name];
  return {
    algorithm: name === 'dark' ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      colorPrimary: palette.accent,
      colorInfo: palette.accent,
      colorLink: palette.accent,
      colorError: palette.severity.red,
      colorBgBase: palette.ground,
      colorTextBase: palette.text,
      colorBgContainer: palette.panel,
      colorBgElevated: palette.panel,
      colorBgLayout: palette.ground,
      colorText: palette.text,
      colorTextSecondary: palette.quiet,
      colorTextDescription: palette.quiet,
      colorTextPlaceholder: palette.quiet,
      colorBorder: palette.line,
      colorBorderSecondary: palette.line,
      colorTextLightSolid: palette.onAccent,
      fontFamily: 'var(--font)',
      fontSize: 13,
      borderRadius: 3,
      controlHeight: 28,
      sizeUnit: 4,
      motion: !still,
      wireframe: false,
    },
    components: {
      Button: { primaryColor: palette.onAccent, primaryShadow: 'none', defaultShadow: 'none' },
      Segmented: { trackBg: palette.ground, itemSelectedBg: palette.line, itemSelectedColor: palette.text },
      Table: { headerBg: palette.panel, cellPaddingBlockSM: 6, cellPaddingInlineSM: 8 },
    },
  };
}
