import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FILE_LINES_MAX = 400;
const FILE_LINES_MEDIAN_MAX = 100;
const FUNCTION_LINES_MAX = 70;

/** Where a lib stands; it may import from lower numbers only. */
const LAYERS: Readonly<Record<string, number>> = {
  kernel: 0,
  catalog: 1,
  readings: 1,
  journal: 1,
  quality: 2,
  trend: 2,
  alarms: 3,
  lifecycle: 3,
  wire: 4,
  testing: 4,
  mqtt: 5,
  influx: 5,
  duckdb: 5,
  postgres: 5,
  lmdb: 5,
  files: 5,
  reports: 5,
  notify: 4,
  nest: 6,
};
const PURE = ['kernel', 'catalog', 'readings', 'journal', 'quality', 'trend', 'alarms', 'lifecycle'];

function filesOf(folder: string): string[] {
  return readdirSync(join(ROOT, folder)).flatMap(name => {
    const path = `${folder}/${name}`;
    if (statSync(join(ROOT, path)).isDirectory()) return filesOf(path);
    return /\.tsx?$/.test(name) ? [path] : [];
  });
}

const SOURCES = ['apps', 'libs', 'simulators', 'test'].flatMap(filesOf);
const isTest = (path: string): boolean =>
  /(spec|contract)\.tsx?$/.test(path) || path.includes('/testing/') || path.startsWith('test/');
const text = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const importsOf = (path: string): string[] =>
  [...text(path).matchAll(/(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g)].map(match => match[1]!);
const libOf = (path: string): string => path.split('/')[1]!;
const LIB_SOURCES = SOURCES.filter(path => path.startsWith('libs/'));

/** One line a fault, so that the message says all that has to be mended. */
function expectNone(faults: readonly string[]): void {
  expect(faults).toEqual([]);
}

it('each lib has its place in the layers, a README and an index', () => {
  const libs = readdirSync(join(ROOT, 'libs'));
  expect(libs.filter(lib => LAYERS[lib] === undefined)).toEqual([]);
  expectNone(libs.filter(lib => !existsSync(join(ROOT, 'libs', lib, 'README.md'))));
  expectNone(libs.filter(lib => !existsSync(join(ROOT, 'libs', lib, 'src', 'index.ts'))));
});

it('libs import from lower layers only, and never from apps or simulators', () => {
  const faults = LIB_SOURCES.filter(path => !isTest(path)).flatMap(path =>
    importsOf(path).flatMap(name => {
      const lib = /^@anmai\/([a-z]+)/.exec(name)?.[1];
      if (lib === undefined || lib === libOf(path)) return [];
      const isLower = (LAYERS[lib] ?? Infinity) < LAYERS[libOf(path)]!;
      return isLower ? [] : [`${path} imports ${name}`];
    }),
  );
  expectNone(faults);
});

it('nothing reaches into another lib, save for its testing folder from tests', () => {
  const faults = SOURCES.flatMap(path =>
    importsOf(path).flatMap(name => {
      if (/^@anmai\/[a-z]+\/testing\//.test(name)) return isTest(path) ? [] : [`${path} imports ${name}`];
      if (/^@anmai\/[a-z]+\//.test(name)) return [`${path} imports ${name}`];
      if (!name.startsWith('.')) return [];
      const target = relative(ROOT, join(ROOT, path, '..', name));
      const [top, lib] = path.split('/');
      const [toTop, toLib] = target.split('/');
      const stays = top !== 'libs' || (toTop === 'libs' && toLib === lib) || isTest(path);
      return stays ? [] : [`${path} imports ${name}`];
    }),
  );
  expectNone(faults);
});

it('pure libs know no framework, no Node, no clock, no chance and no environment', () => {
  const banned =
    /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bprocess\.|\bperformance\.now\(|\bsetTimeout\(|\bsetInterval\(/;
  const allowed = (name: string): boolean => /^(\.|@anmai\/|@noble\/hashes)/.test(name);
  const faults = LIB_SOURCES.filter(path => PURE.includes(libOf(path)) && !isTest(path)).flatMap(path => [
    ...importsOf(path)
      .filter(name => !allowed(name))
      .map(name => `${path} imports ${name}`),
    ...(banned.test(code(path)) ? [`${path} uses ${banned.exec(code(path))?.[0]}`] : []),
  ]);
  expectNone(faults);
});

it('files are short, and half of them shorter still', () => {
  const lines = SOURCES.filter(path => !isTest(path)).map(
    path => [path, text(path).split('\n').length] as const,
  );
  expectNone(
    lines.filter(([, count]) => count > FILE_LINES_MAX).map(([path, count]) => `${path}: ${count} lines`),
  );
  const sorted = lines.map(([, count]) => count).sort((a, b) => a - b);
  expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThanOrEqual(FILE_LINES_MEDIAN_MAX);
});

it('functions do one thing', () => {
  const faults: string[] = [];
  for (const path of SOURCES.filter(source => !isTest(source) && source.endsWith('.ts'))) {
    const file = ts.createSourceFile(path, text(path), ts.ScriptTarget.Latest, true);
    const visit = (node: ts.Node): void => {
      if (ts.isFunctionLike(node) && 'body' in node && node.body !== undefined) {
        const line = (at: number): number => file.getLineAndCharacterOfPosition(at).line;
        const count = line(node.end) - line(node.getStart()) + 1;
        if (count > FUNCTION_LINES_MAX) faults.push(`${path}:${line(node.getStart()) + 1}: ${count} lines`);
      }
      ts.forEachChild(node, visit);
    };
    visit(file);
  }
  expectNone(faults);
});

it('no file is called after nothing', () => {
  expectNone(SOURCES.filter(path => /(^|\/)(utils?|helpers?|common|misc)(\.tsx?|\/)/.test(path)));
});

it('every error code is unique, has a remedy and is raised somewhere', () => {
  const specs = SOURCES.filter(path => !isTest(path)).flatMap(path =>
    [...text(path).matchAll(/(\w+): \{\s*code: '([A-Z]{3}-\d{3})'([\s\S]*?)\n {2}\}/g)].map(
      ([, name, codeText, rest]) => ({
        path,
        name: name!,
        code: codeText!,
        hasRemedy: /remedy:\s*(['"`]|\w)/.test(rest!),
      }),
    ),
  );
  expect(specs.length).toBeGreaterThan(20);
  const codes = specs.map(spec => spec.code);
  expectNone(codes.filter((each, i) => codes.indexOf(each) !== i));
  expectNone(specs.filter(spec => !spec.hasRemedy).map(spec => `${spec.code} has no remedy`));
  const all = SOURCES.filter(path => !isTest(path))
    .map(text)
    .join('\n');
  expectNone(
    specs
      .filter(spec => !new RegExp(`\\.${spec.name}\\b`).test(all))
      .map(spec => `${spec.code} is never raised`),
  );
});

it('nothing is left undone', () => {
  const words = new RegExp(['TO', 'DO|FIX', 'ME|X', 'XX'].join(''));
  expectNone(SOURCES.filter(path => path !== 'test/tidy.spec.ts' && words.test(text(path))));
  expectNone(SOURCES.filter(path => /\.(only|skip|todo)\(/.test(text(path)) && path !== 'test/tidy.spec.ts'));
});

/** The file without its comments and strings. */
function code(path: string): string {
  return text(path)
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\/\/.*$/gm, '')
    .replace(/(['"`])(?:\\.|(?!\1).)*\1/g, "''");
}
