import type { Severity } from '@anmai/catalog';
import type { Language, Notice, NoticeKind } from '../notice';

export const SEVERITY_WORDS: Readonly<Record<Language, Readonly<Record<Severity, string>>>> = {
  zh: { red: '红色', orange: '橙色', yellow: '黄色', blue: '蓝色' },
  en: { red: 'RED', orange: 'ORANGE', yellow: 'YELLOW', blue: 'BLUE' },
};

/** An incident (预警/事件) is a person's or the grouping's view of many alarms (报警). */
const NOUNS: Readonly<Record<Language, Readonly<Record<Notice['subjectKind'], string>>>> = {
  zh: { alarm: '报警', incident: '事件' },
  en: { alarm: 'ALARM', incident: 'INCIDENT' },
};

type Phrase = (severity: string, noun: string) => string;
const PHRASES: Readonly<Record<Language, Readonly<Record<NoticeKind, Phrase>>>> = {
  zh: {
    start: (severity, noun) => `${severity}${noun}`,
    worse: (severity, noun) => `升级为${severity}${noun}`,
    milder: (severity, noun) => `降为${severity}${noun}`,
    blind: (severity, noun) => `${severity}${noun}监测中断`,
    restored: (severity, noun) => `监测恢复,${severity}${noun}仍在`,
    unanswered: (severity, noun) => `${severity}${noun}无人确认`,
    end: (severity, noun) => `${noun}解除,原${severity}`,
    again: (severity, noun) => `${noun}又有报警,${severity}`,
    merged: (severity, noun) => `${severity}${noun},并入其他${noun}`,
    warned: severity => `发布${severity}预警`,
    dispatched: (severity, noun) => `处置任务,${severity}${noun}`,
    feedback: (severity, noun) => `收到反馈,${severity}${noun}`,
    overdue: (severity, noun) => `${severity}${noun}超时`,
    archived: (severity, noun) => `${noun}归档,原${severity}`,
  },
  en: {
    start: (severity, noun) => `${severity} ${noun}`,
    worse: (severity, noun) => `NOW ${severity} ${noun}`,
    milder: (severity, noun) => `LOWERED TO ${severity} ${noun}`,
    blind: (severity, noun) => `${severity} ${noun}, SENSOR LOST`,
    restored: (severity, noun) => `SENSOR BACK, ${severity} ${noun} STILL ON`,
    unanswered: (severity, noun) => `${severity} ${noun} NOT ACKNOWLEDGED`,
    end: (severity, noun) => `${noun} OVER, WAS ${severity}`,
    again: (severity, noun) => `${noun} IS BACK, ${severity}`,
    merged: (severity, noun) => `${severity} ${noun}, JOINED BY ANOTHER`,
    warned: severity => `${severity} WARNING ISSUED`,
    dispatched: (severity, noun) => `TASK, ${severity} ${noun}`,
    feedback: (severity, noun) => `FEEDBACK, ${severity} ${noun}`,
    overdue: (severity, noun) => `OVERDUE, ${severity} ${noun}`,
    archived: (severity, noun) => `${noun} FILED, WAS ${severity}`,
  },
};

/** What happened, severity first: 红色报警, NOW RED ALARM. */
export const phraseOf = (notice: Notice, language: Language): string =>
  PHRASES[language][notice.kind](
    SEVERITY_WORDS[language][notice.severity],
    NOUNS[language][notice.subjectKind],
  );
