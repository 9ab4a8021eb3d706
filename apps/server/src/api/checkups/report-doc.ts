import {
  askedItems,
  CONCLUSION_NOTE_PATH,
  resultWords,
  SCALE_WORDS,
  type AnswerValue,
  type CheckupForm,
  type CheckupRecord,
  type Finding,
  type FormItem,
  type Words,
} from '@anmai/lifecycle';
import type { Millis } from '@anmai/kernel';
import type { CheckupFile } from '@anmai/postgres';
import type { Mark, ReportBlock, ReportCell, ReportDoc } from '@anmai/reports';
import type { ReportFiles } from './report-files';

export interface ReportInput {
  readonly file: CheckupFile;
  readonly record: CheckupRecord;
  readonly form: CheckupForm;
  readonly issuer: string;
  readonly files: ReportFiles;
  readonly language: 'zh' | 'en';
  readonly createdAt: Millis;
  readonly utcOffsetMs: number;
}

/** A check-up as a document: what was found first, then every answer, the photos and who signed. */
export function checkupReport(input: ReportInput): ReportDoc {
  const { file, record, language, createdAt, utcOffsetMs } = input;
  const say = sayer(language);
  const { place } = file.row;
  const time = (at: Millis): string =>
    new Date(at + utcOffsetMs).toISOString().slice(0, 16).replace('T', ' ');
  return {
    ...{ language, createdAt, utcOffsetMs, issuer: input.issuer, number: record.id },
    title: say('房屋安全体检报告', 'Building safety check-up report'),
    subtitle: place.name,
    facts: [
      { label: say('房屋', 'Building'), value: place.name },
      { label: say('地址', 'Address'), value: [place.district, place.street, place.address].filter(Boolean).join(' ') },
      { label: say('编号', 'Building id'), value: place.id },
      { label: say('提交', 'Submitted'), value: time(record.submittedAt) },
      { label: say('现场', 'On site'), value: `${time(record.startedAt)} – ${time(record.finishedAt)}` },
      { label: say('表单', 'Form'), value: `${input.form.name[language]} v${input.form.version}` },
      { label: say('依据', 'Rules'), value: `${file.ruleSet.name[language]} v${file.ruleSet.version}` },
    ],
    blocks: [
      ...conclusionOf(input, say),
      ...findingsOf(input, say),
      ...answersOfReport(input, say),
      ...photosOf(input, say),
      ...leftOutOf(input, say),
      { type: 'heading', level: 2, text: say('签名', 'Signatures') },
      {
        type: 'signatures',
        signatures: record.signatures.map(({ name, certificate, signedAt, fileId }) => {
          const image = input.files.found.get(fileId);
          return {
            role: certificate ?? say('体检人员', 'Inspector'),
            ...{ name, signedAt: time(signedAt) },
            ...(image === undefined ? {} : { image }),
          };
        }),
      },
    ],
  };
} // prettier-ignore

type Say = (zh: string, en: string) => string;
const sayer =
  (language: 'zh' | 'en'): Say =>
  (zh, en) =>
    language === 'zh' ? zh : en;

function conclusionOf({ file, record, language }: ReportInput, say: Say): ReportBlock[] {
  const note = record.answers[CONCLUSION_NOTE_PATH];
  const isProvisional = file.ruleSet.scale.mark.status === 'provisional';
  const blocks: ReportBlock[] = [
    { type: 'heading', level: 2, text: SCALE_WORDS[record.result.scale][language] },
    { type: 'paragraph', tone: 'strong', text: resultWords(record.result)[language] },
  ];
  if (note?.kind === 'text') blocks.push({ type: 'paragraph', text: note.text });
  if (record.revision < file.row.revision)
    blocks.push({ type: 'notice', mark: 'yellow', word: say('已被取代', 'Superseded'), text: say('这份记录已有更正后的版本。', 'A corrected record took its place.') });
  if (isProvisional)
    blocks.push({ type: 'notice', mark: 'blind', word: say('暂定', 'Provisional'), text: say('结论等级的口径为暂定，不是法规要求：', 'The scale is provisional, no demand of law: ') + file.ruleSet.scale.mark.source });
  return blocks;
} // prettier-ignore

const LEVEL: Readonly<Record<Finding['level'], { mark: Mark; words: Words }>> = {
  0: { mark: 'blind', words: { zh: '无法判断', en: 'cannot be judged' } },
  1: { mark: 'yellow', words: { zh: '一般', en: 'minor' } },
  2: { mark: 'red', words: { zh: '严重', en: 'serious' } },
};

function findingsOf({ record, form, language }: ReportInput, say: Say): ReportBlock[] {
  const asked = new Map(askedItems(form, record.answers).map(each => [each.path, each]));
  const rows = record.findings.map((finding): ReportCell[] => {
    const at = asked.get(finding.path);
    const { mark, words } = LEVEL[finding.level];
    const answer = record.answers[finding.path];
    const limit = finding.limit === null || at?.item.kind !== 'measure' ? null : `${finding.limit} ${at.item.unit}`;
    return [
      { kind: 'status', mark, word: words[language] },
      at === undefined ? finding.path : nameOf(at.group?.rowName, at.rowId, at.item, language),
      at === undefined || answer === undefined ? null : answerText(at.item, answer, language, say),
      finding.why === 'growth' ? say(`上次 ${limit}`, `before ${limit}`) : limit,
      finding.mark?.status === 'provisional' ? say('暂定', 'provisional') : null,
    ];
  });
  return [
    { type: 'heading', level: 2, text: say('发现', 'Findings') },
    {
      type: 'table',
      columns: [
        { title: say('程度', 'Level'), width: 2 },
        { title: say('项目', 'Item'), width: 4 },
        { title: say('结果', 'Answer'), width: 5 },
        { title: say('限值', 'Limit'), width: 2, align: 'right' },
        { title: say('依据', 'Basis'), width: 2 },
      ],
      rows,
      empty: say('未发现问题', 'Nothing was found'),
    },
  ];
} // prettier-ignore

function answersOfReport({ record, form, language }: ReportInput, say: Say): ReportBlock[] {
  const asked = askedItems(form, record.answers).filter(({ item }) => item.kind !== 'photos');
  return form.sections.flatMap((section): ReportBlock[] => {
    const rows = asked
      .filter(each => each.section === section.id)
      .map(({ path, group, rowId, item }): ReportCell[] => {
        const answer = record.answers[path];
        return [
          nameOf(group?.rowName, rowId, item, language),
          answer === undefined ? null : answerText(item, answer, language, say),
        ];
      });
    return [
      { type: 'heading', level: 3, text: section.name[language] },
      {
        type: 'table',
        columns: [
          { title: say('项目', 'Item'), width: 5 },
          { title: say('结果', 'Answer'), width: 7 },
        ],
        rows,
      },
    ];
  });
}

function photosOf({ record, form, files, language }: ReportInput, say: Say): ReportBlock[] {
  const images = askedItems(form, record.answers).flatMap(({ path, group, rowId, item }) => {
    const answer = record.answers[path];
    if (answer?.kind !== 'photos') return [];
    return answer.ids.flatMap((id, i) => {
      const caption = `${nameOf(group?.rowName, rowId, item, language)} ${i + 1}`;
      return files.leftOut.has(id) ? [] : [{ bytes: files.found.get(id) ?? null, caption }];
    });
  });
  if (images.length === 0) return [];
  return [
    { type: 'heading', level: 2, text: say('照片', 'Photos') },
    { type: 'images', images, columns: 3 },
  ];
}

function leftOutOf({ files: { leftOut } }: ReportInput, say: Say): ReportBlock[] {
  if (leftOut.size === 0) return [];
  const word = say('未全部附上', 'Not complete');
  const text = say(
    `另有 ${leftOut.size} 个文件因总量过大未附上，请在系统中查看。`,
    `${leftOut.size} more file(s) would make this report too large; look at them on the platform.`,
  );
  return [{ type: 'notice', mark: 'blind', word, text }];
}

const nameOf = (
  row: Words | undefined,
  rowId: string | null,
  item: FormItem,
  language: 'zh' | 'en',
): string => (row === undefined ? item.name[language] : `${row[language]} ${rowId} · ${item.name[language]}`);

function answerText(item: FormItem, answer: AnswerValue, language: 'zh' | 'en', say: Say): string {
  switch (answer.kind) {
    case 'choice': {
      const names =
        item.kind === 'choice' ? item.options.filter(each => answer.codes.includes(each.code)) : [];
      return names.map(each => each.name[language]).join(say('；', '; '));
    }
    case 'measure':
      return `${answer.value}${item.kind === 'measure' ? ` ${item.unit}` : ''}`;
    case 'text':
      return answer.text;
    case 'position':
      return `${answer.floor} (${Math.round(answer.x * 100)} %, ${Math.round(answer.y * 100)} %)`;
    case 'cannot':
      return say(`无法判断：${answer.reason}`, `cannot be judged: ${answer.reason}`);
    case 'photos':
      return say(`${answer.ids.length} 张照片`, `${answer.ids.length} photos`);
    case 'row':
    case 'result':
    case 'empty':
      return '';
  }
}
