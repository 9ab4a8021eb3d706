import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BLOCKS_MAX, type ReportBlock } from '../doc';
import { sampleDoc } from '../testing/sample-doc';
import { pdfOf } from './pdf-of';

const folder = mkdtempSync(join(tmpdir(), 'anmai-pdf-'));
afterAll(() => rmSync(folder, { recursive: true }));

function run(program: string, bytes: Uint8Array, ...rest: string[]): string {
  const file = join(folder, 'report.pdf');
  writeFileSync(file, bytes);
  return execFileSync(
    program,
    [...rest.filter(arg => arg !== '-'), file, ...rest.filter(arg => arg === '-')],
    {
      encoding: 'utf8',
    },
  );
}
const textOf = (bytes: Uint8Array): string => run('pdftotext', bytes, '-layout', '-');
/** Without the spaces, which pdftotext puts and leaves out as it sees fit. */
const bare = (text: string): string => text.replace(/\s/g, '');
const pagesOf = (bytes: Uint8Array): number => Number(/Pages:\s+(\d+)/.exec(run('pdfinfo', bytes))![1]);

it('holds all texts, numbered pages and the head of the table on each of its pages', async () => {
  const bytes = await pdfOf(sampleDoc());
  const pages = textOf(bytes).split('\f').slice(0, -1);
  expect(pages.length).toBe(pagesOf(bytes));
  expect(pages.length).toBeGreaterThan(3);
  pages.forEach((page, i) => {
    expect(bare(page)).toContain(`第${i + 1}页/共${pages.length}页`);
    expect(page).toContain('示例市住房和城乡建设局');
    expect(page).toContain('监月〔2026〕10-017');
    if (/百花里 \d+ 号楼/.test(page)) expect(page).toMatch(/序号\s+建筑\s+状态/);
  });
  const text = pages.join('\n');
  expect(text).toContain('房屋安全监测月报');
  expect(text).toContain('暂定限值');
  expect(text).toContain('图片无法读取');
  expect(text).toMatch(/合计\s+—\s+—\s+1,234,567.00/);
  for (let row = 1; row <= 60; row += 1) expect(text).toMatch(new RegExp(`^ *${row} `, 'm'));
});

it('no row is parted: a long name stands on one page whole', async () => {
  const pages = textOf(await pdfOf(sampleDoc())).split('\f');
  const heads = pages.map(page => (page.match(/中原区林山寨街道伏牛路社区/g) ?? []).length);
  const tails = pages.map(page => (page.match(/沿街商铺）/g) ?? []).length);
  expect(heads.reduce((a, b) => a + b)).toBe(9);
  expect(tails).toEqual(heads);
});

it('a row that no page can hold goes on over the pages and loses nothing', async () => {
  const words = Array.from({ length: 900 }, (_, i) => `W${String(i).padStart(3, '0')}`);
  const table: ReportBlock = {
    type: 'table',
    columns: [
      { title: '说明', width: 1 },
      { title: '备注', width: 3 },
    ],
    rows: [[words.join('，'), '']],
  };
  const bytes = await pdfOf(sampleDoc({ blocks: [table] }));
  const text = bare(textOf(bytes));
  for (const word of words) expect(text).toContain(word);
  expect(pagesOf(bytes)).toBeGreaterThan(2);
});

it('the same document gives the same bytes; embedded fonts are subsets', async () => {
  const bytes = await pdfOf(sampleDoc());
  expect(Buffer.from(bytes).equals(await pdfOf(sampleDoc()))).toBe(true);
  const fonts = run('pdffonts', bytes).split('\n').slice(2, -1);
  expect(fonts.length).toBe(2);
  for (const font of fonts) expect(font).toMatch(/[A-Z]{6}\+NotoSansSC.*yes yes yes/);
  expect(bytes.length).toBeLessThan(400_000);
  expect(run('pdfinfo', bytes)).toMatch(/Title:\s+房屋安全监测月报/);
});

it('a title page, in English', async () => {
  const bytes = await pdfOf(
    sampleDoc({
      language: 'en',
      titlePage: true,
      title: 'Safety of buildings',
      blocks: [{ type: 'paragraph', text: 'Text' }],
    }),
  );
  const [first, second] = textOf(bytes).split('\f');
  expect(first).toContain('Safety of buildings');
  expect(second).toContain('Page 2 of 2');
});

it('what is larger than a report may be is refused', async () => {
  const blocks = Array.from({ length: BLOCKS_MAX + 1 }, (): ReportBlock => ({ type: 'pageBreak' }));
  await expect(pdfOf(sampleDoc({ blocks }))).rejects.toMatchObject({ code: 'RPT-001' });
});

it('control characters and half characters do not break it', async () => {
  const text = 'a\u0000b\uD800c 😀 \u202E 𠮷';
  const bytes = await pdfOf(sampleDoc({ title: text, blocks: [{ type: 'paragraph', text }] }));
  expect(textOf(bytes)).toContain('ab?c');
});
