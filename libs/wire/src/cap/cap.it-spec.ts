import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { capXml } from './cap-xml';
import { CAP_CASES } from './testing/cap-cases';

const SCHEMA = join(import.meta.dirname, 'testing/cap-1.2.xsd');
let folder = '';
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'anmai-cap-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What xmllint says of a document, and whether it is valid. */
function lint(xml: string): { valid: boolean; said: string } {
  const file = join(folder, 'alert.xml');
  writeFileSync(file, xml);
  const run = spawnSync('xmllint', ['--noout', '--nonet', '--schema', SCHEMA, file], { encoding: 'utf8' });
  if (run.error !== undefined) throw run.error;
  return { valid: run.status === 0, said: run.stderr };
}

function written(index: number, offsetMinutes: number): string {
  const xml = capXml(CAP_CASES[index]![1], offsetMinutes);
  if (!xml.ok) throw new Error(xml.error.join('; '));
  return xml.value;
}

describe.each(CAP_CASES.map(([name], index) => ({ name, index })))('$name', ({ index }) => {
  it.each([480, 0, -330])('is valid by the schema with times of offset %s min', offsetMinutes => {
    const { valid, said } = lint(written(index, offsetMinutes));
    expect(said).toMatch(/validates\s*$/);
    expect(valid).toBe(true);
  });
});

it.each([
  ['a time in Z', (xml: string) => xml.replaceAll('+08:00', 'Z')],
  ['an unknown severity', (xml: string) => xml.replaceAll('Extreme', 'Red')],
  ['elements in another order', (xml: string) => xml.replace(/( *<sender>.*\n)( *<sent>.*\n)/, '$2$1')],
  ['no sender', (xml: string) => xml.replace(/<sender>.*<\/sender>/, '')],
  ['an unescaped ampersand', (xml: string) => xml.replaceAll('&amp;', '&')],
  ['a circle without radius', (xml: string) => xml.replaceAll(' 0.2</circle>', '</circle>')],
])('the schema notices %s', (_name, spoil) => {
  const spoilt = spoil(written(0, 480));
  expect(spoilt).not.toBe(written(0, 480));
  expect(lint(spoilt).valid).toBe(false);
});
