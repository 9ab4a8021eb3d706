import { SUN } from './look';

/** Relative luminance by WCAG 2. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map(at => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}
const contrast = (a: string, b: string): number => {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light! + 0.05) / (dark! + 0.05);
};

it.each([
  ['--text', '--ground', 7],
  ['--text', '--panel', 7],
  ['--quiet', '--ground', 7],
  ['--quiet', '--panel', 7],
  ['--accent', '--ground', 7],
  ['--on-head', '--head', 7],
  ['--bad', '--ground', 4.5],
  ['--on-severity', '--warn', 7],
  ['--line', '--ground', 3],
] as const)('%s on %s is read in the sun', (text, ground, min) =>
  expect(contrast(SUN[text], SUN[ground])).toBeGreaterThanOrEqual(min),
);
