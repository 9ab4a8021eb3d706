import { PALETTES } from './palette';

/** Relative luminance of WCAG 2. */
function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map(start => {
    const share = parseInt(hex.slice(start, start + 2), 16) / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}

function contrast(a: string, b: string): number {
  const [bright, dim] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (bright + 0.05) / (dim + 0.05);
}

describe.each(['dark', 'light'] as const)('the %s palette', name => {
  const palette = PALETTES[name];

  it.each([
    ['text on panel', palette.text, palette.panel],
    ['text on ground', palette.text, palette.ground],
    ['quiet text on panel', palette.quiet, palette.panel],
    ['quiet text on ground', palette.quiet, palette.ground],
    ['links on panel', palette.accent, palette.panel],
    ['words on a button', palette.onAccent, palette.accent],
    ['words on red', palette.onSeverity, palette.severity.red],
    ['words on orange', palette.onSeverity, palette.severity.orange],
    ['words on yellow', palette.onSeverity, palette.severity.yellow],
    ['words on blue', palette.onSeverity, palette.severity.blue],
  ])('has readable %s', (_what, ink, paper) => expect(contrast(ink, paper)).toBeGreaterThanOrEqual(4.5));

  it.each(Object.entries(palette.severity))(
    'shows a %s shape against the panel, by itself or by its edge',
    (_severity, colour) => {
      const best = Math.max(contrast(colour, palette.panel), contrast(palette.edge, palette.panel));
      expect(best).toBeGreaterThanOrEqual(3);
    },
  );
});
