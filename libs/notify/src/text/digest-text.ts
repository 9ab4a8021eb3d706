import { SEVERITIES, severityRank } from '@anmai/catalog';
import type { Language, Notice, Words } from '../notice';
import { textOf, type Text, type TextStyle } from './notice-text';
import { SEVERITY_WORDS } from './words';

/** Rows of a digest at most; the rest is counted, by severity, and waits on the page. */
export const DIGEST_ROWS_MAX = 20;

/** One message for many notices: how many of each severity, then the worst and newest of them. `notices` is not empty. */
export function digestText(notices: readonly Notice[], language: Language, style: TextStyle): Text {
  const zh = language === 'zh';
  const counts = countsOf(notices, language);
  const noun = nounOf(notices);
  const title = zh
    ? `【${noun.zh}汇总】${notices.length} 条:${counts}`
    : `[${noun.en} DIGEST] ${notices.length} messages: ${counts}`;
  const sorted = notices.toSorted(
    (a, b) => severityRank(b.severity) - severityRank(a.severity) || b.at - a.at,
  );
  const rows = sorted.slice(0, DIGEST_ROWS_MAX).map(notice => textOf(notice, language, style).line);
  const restCount = notices.length - rows.length;
  const rest = zh ? `另有 ${restCount} 条,请在平台查看` : `and ${restCount} more, see the page`;
  const link = style.linkBase === null ? null : `${style.linkBase}/`;
  return {
    title,
    line: title,
    body: [title, ...rows, ...(restCount > 0 ? [rest] : []), ...(link === null ? [] : [link])].join('\n'),
    link,
  };
}

function nounOf(notices: readonly Notice[]): Words {
  const kinds = new Set(notices.map(notice => notice.subjectKind));
  if (kinds.size > 1) return { zh: '报警与事件', en: 'ALARM AND INCIDENT' };
  return kinds.has('incident') ? { zh: '事件', en: 'INCIDENT' } : { zh: '报警', en: 'ALARM' };
}

/** 红色 1,黄色 3: worst first, those without any left out. */
function countsOf(notices: readonly Notice[], language: Language): string {
  return SEVERITIES.toReversed()
    .map(severity => [severity, notices.filter(notice => notice.severity === severity).length] as const)
    .filter(([, count]) => count > 0)
    .map(([severity, count]) => `${SEVERITY_WORDS[language][severity]} ${count}`)
    .join(language === 'zh' ? ',' : ', ');
}
