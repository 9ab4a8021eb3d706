import type { Severity } from '@anmai/catalog';

export type ThemeName = 'dark' | 'light';

/** Every colour of the page. Components take them as CSS variables or through Ant Design's tokens. */
export interface Palette {
  readonly ground: string;
  readonly panel: string;
  readonly line: string;
  readonly text: string;
  readonly quiet: string;
  readonly accent: string;
  /** Text and drawing on top of a severity colour: dark in both themes, since all four colours are bright. */
  readonly onSeverity: string;
  /** Text on a button in the accent colour. */
  readonly onAccent: string;
  /** Edge of a severity shape. Yellow and orange on white need one to reach a contrast of 3:1. */
  readonly edge: string;
  readonly severity: Readonly<Record<Severity, string>>;
}

const severity = { red: '#FF4D4F', orange: '#FF9F1A', yellow: '#FFD60A', blue: '#4C9AFF' } as const;

export const PALETTES: Readonly<Record<ThemeName, Palette>> = {
  dark: {
    ground: '#12161C',
    panel: '#1A2028',
    line: '#2A323D',
    text: '#D7DCE2',
    quiet: '#8A94A0',
    accent: '#5B9BD5',
    onSeverity: '#12161C',
    onAccent: '#12161C',
    edge: '#12161C',
    severity,
  },
  light: {
    ground: '#F4F5F7',
    panel: '#FFFFFF',
    line: '#DDE1E6',
    text: '#1F262E',
    quiet: '#66707B',
    accent: '#1F6FB2',
    onSeverity: '#12161C',
    onAccent: '#FFFFFF',
    edge: '#1F262E',
    severity,
  },
};

/** The palette as CSS variables, by name. */
export function cssVariables(palette: Palette): Readonly<Record<string, string>> {
  return {
    '--ground': palette.ground,
    '--panel': palette.panel,
    '--line': palette.line,
    '--text': palette.text,
    '--quiet': palette.quiet,
    '--accent': palette.accent,
    '--on-severity': palette.onSeverity,
    '--edge': palette.edge,
    '--red': palette.severity.red,
    '--orange': palette.severity.orange,
    '--yellow': palette.severity.yellow,
    '--blue': palette.severity.blue,
  };
}
