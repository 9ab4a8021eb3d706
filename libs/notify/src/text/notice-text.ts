import type { Language, Notice } from '../notice';
import { duration, fullTime, shortTime } from './when';
import { phraseOf } from './words';

/** What texts are written for: the place's local time, and where its pages are. */
export interface TextStyle {
  readonly utcOffsetMs: number;
  /** Address of the pages without a slash at the end, such as https://anmai.example.cn; null: messages have no link. */
  readonly linkBase: string | null;
}

export interface Text {
  /** One line, for a subject or a lock screen. */
  readonly title: string;
  /** One line with everything but the link, for a text message or a row of a digest. */
  readonly line: string;
  /** Several lines, for a mail or a group. */
  readonly body: string;
  readonly link: string | null;
}

const DIGITS = 6;
const NAME_CHARS_MAX = 60;
/** Names are typed by people: one line each, and not so long that the limit would fall off the end. */
const name = (text: string): string => {
  const oneLine = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  const chars = Array.from(oneLine);
  return chars.length > NAME_CHARS_MAX ? `${chars.slice(0, NAME_CHARS_MAX - 1).join('')}…` : oneLine;
};
const SAYING_CHARS_MAX = 500;
const saying = (text: string): string => {
  const chars = Array.from(text.replace(/[\s\p{Cc}]+/gu, ' ').trim());
  return chars.length > SAYING_CHARS_MAX
    ? `${chars.slice(0, SAYING_CHARS_MAX - 1).join('')}…`
    : chars.join('');
};
const number = (value: number): string => String(Number(value.toPrecision(DIGITS)));
const withUnit = (value: number, unit: string): string =>
  unit === '' || unit === '/' ? number(value) : `${number(value)} ${unit}`;

export function textOf(notice: Notice, language: Language, style: TextStyle): Text {
  const link =
    style.linkBase === null ? null : `${style.linkBase}/${notice.subjectKind}s/${notice.subjectId}`;
  const parts = partsOf(notice, language, style);
  return language === 'zh' ? chinese(parts, link) : english(parts, link);
}

interface Parts {
  readonly phrase: string;
  readonly where: string;
  readonly what: string;
  readonly limit: string | null;
  readonly time: string;
  readonly fullTime: string;
  /** What people said, on one line. */
  readonly detail: string | null;
  readonly dueTime: string | null;
  readonly rule: Notice['rule'];
}

function partsOf(notice: Notice, language: Language, style: TextStyle): Parts {
  return {
    phrase: phraseOf(notice, language),
    where: name(notice.where),
    what: whatOf(notice, language),
    limit:
      notice.limit === null
        ? null
        : `${notice.limit.side === 'above' ? '≥' : '≤'} ${withUnit(notice.limit.value, notice.unit)}`,
    time: timeOf(notice, language, at => shortTime(at, style.utcOffsetMs)),
    fullTime: timeOf(notice, language, at => fullTime(at, style.utcOffsetMs)),
    detail: notice.detail === undefined ? null : saying(notice.detail[language]),
    dueTime: notice.dueAt === undefined ? null : shortTime(notice.dueAt, style.utcOffsetMs),
    rule: notice.rule,
  };
}

function whatOf(notice: Notice, language: Language): string {
  const what = name(notice.what[language]);
  const zh = language === 'zh';
  if (notice.alarmCount !== null)
    return `${what}${zh ? `,共 ${notice.alarmCount} 条报警` : `, ${notice.alarmCount} alarms`}`;
  // Never an empty place where a number is expected: no value is news of its own.
  if (notice.value === null) return `${what} ${zh ? '无有效数据' : 'no usable data'}`;
  return `${what} ${withUnit(notice.value, notice.unit)}`;
}

function timeOf(notice: Notice, language: Language, write: (at: number) => string): string {
  const since = write(notice.since);
  const zh = language === 'zh';
  if (notice.kind === 'end') {
    const lasted = duration(Math.max(0, notice.at - notice.since), language);
    return zh
      ? `${since} 至 ${write(notice.at)},历时 ${lasted}`
      : `${since} to ${write(notice.at)}, ${lasted}`;
  }
  return zh ? `自 ${since} 起` : `since ${since}`;
}

function chinese(parts: Parts, link: string | null): Text {
  const limit = parts.limit === null ? '' : `(限值 ${parts.limit})`;
  const said = [parts.detail, parts.dueTime === null ? null : `应于 ${parts.dueTime} 前`];
  return {
    title: `【${parts.phrase}】${parts.where} ${parts.what}`,
    line: [`【${parts.phrase}】${parts.where} ${parts.what}${limit}`, ...said, parts.time]
      .filter(each => each !== null)
      .join(','),
    body: [
      `【${parts.phrase}】`,
      `地点:${parts.where}`,
      `内容:${parts.what}`,
      ...(parts.limit === null ? [] : [`限值:${parts.limit}`]),
      ...(parts.detail === null ? [] : [`说明:${parts.detail}`]),
      ...(parts.dueTime === null ? [] : [`时限:${parts.dueTime}`]),
      `时间:${parts.fullTime}`,
      ...(parts.rule === null ? [] : [`规则:${parts.rule.id} 第 ${parts.rule.version} 版`]),
      ...(link === null ? [] : [`详情:${link}`]),
    ].join('\n'),
    link,
  };
}

function english(parts: Parts, link: string | null): Text {
  const limit = parts.limit === null ? '' : ` (limit ${parts.limit})`;
  const said = [parts.detail, parts.dueTime === null ? null : `due ${parts.dueTime}`];
  return {
    title: `[${parts.phrase}] ${parts.where}: ${parts.what}`,
    line: [`[${parts.phrase}] ${parts.where}: ${parts.what}${limit}`, ...said, parts.time]
      .filter(each => each !== null)
      .join(', '),
    body: [
      `[${parts.phrase}]`,
      `Where: ${parts.where}`,
      `What: ${parts.what}`,
      ...(parts.limit === null ? [] : [`Limit: ${parts.limit}`]),
      ...(parts.detail === null ? [] : [`Note: ${parts.detail}`]),
      ...(parts.dueTime === null ? [] : [`Due: ${parts.dueTime}`]),
      `When: ${parts.fullTime}`,
      ...(parts.rule === null ? [] : [`Rule: ${parts.rule.id}, version ${parts.rule.version}`]),
      ...(link === null ? [] : [`More: ${link}`]),
    ].join('\n'),
    link,
  };
}
