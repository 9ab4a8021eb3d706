import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

export type Face = 'regular' | 'bold';

const PACKAGE = '@expo-google-fonts/noto-sans-sc';
const FILES: Readonly<Record<Face, string>> = {
  regular: `${PACKAGE}/400Regular/NotoSansSC_400Regular.ttf`,
  bold: `${PACKAGE}/700Bold/NotoSansSC_700Bold.ttf`,
};

// npm packages stay outside the bundle, so the file is found from the bundle as from the sources.
const { resolve } = createRequire(import.meta.url);
const read = new Map<Face, Buffer>();

/** The whole font (10 MB, read once); the PDF gets only the glyphs it uses. */
export function fontBytes(face: Face): Buffer {
  const known = read.get(face);
  if (known !== undefined) return known;
  const bytes = readFileSync(resolve(FILES[face]));
  read.set(face, bytes);
  return bytes;
}
