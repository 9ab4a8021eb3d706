/** For bright sun: black on white, few colours, each with 4.5:1 or more against what it stands on. */
export const SUN = {
  '--ground': '#FFFFFF',
  '--panel': '#F1F3F5',
  '--line': '#7B848D',
  '--text': '#000000',
  '--quiet': '#3C444B',
  '--accent': '#0B4F8A',
  '--head': '#0B3D66',
  '--on-head': '#FFFFFF',
  '--bad': '#B00020',
  '--warn': '#FFD60A',
  '--on-severity': '#12161C',
} as const;

export function wearSun(root: HTMLElement): void {
  for (const [name, colour] of Object.entries(SUN)) root.style.setProperty(name, colour);
  root.style.colorScheme = 'light';
}
