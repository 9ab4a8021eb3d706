import type { Severity } from '@anmai/catalog';
import type { Notice, NoticeKind } from '../notice';
import { AT, CHINA_MS, noticeOf } from '../testing/builders';
import { DIGEST_ROWS_MAX, digestText } from './digest-text';
import { textOf } from './notice-text';
import { duration } from './when';

const STYLE = { utcOffsetMs: CHINA_MS, linkBase: 'https://anmai.example.cn' };
const both = (notice: Notice): string[] => [
  textOf(notice, 'zh', STYLE).line,
  textOf(notice, 'en', STYLE).line,
];
const MINUTE = 60_000;

describe('one line', () => {
  const gas = { where: '12 号电力井' };
  it.each<[string, Partial<Notice>, string, string]>([
    [
      'start',
      { severity: 'red' },
      '【红色报警】12 号电力井 可燃气体浓度 53.1 %LEL(限值 ≥ 50 %LEL),自 07-20 16:00 起',
      '[RED ALARM] 12 号电力井: Combustible gas 53.1 %LEL (limit ≥ 50 %LEL), since 07-20 16:00',
    ],
    [
      'worse',
      { kind: 'worse', severity: 'orange', at: AT + MINUTE },
      '【升级为橙色报警】12 号电力井 可燃气体浓度 53.1 %LEL(限值 ≥ 50 %LEL),自 07-20 16:00 起',
      '[NOW ORANGE ALARM] 12 号电力井: Combustible gas 53.1 %LEL (limit ≥ 50 %LEL), since 07-20 16:00',
    ],
    [
      'milder',
      { kind: 'milder', severity: 'yellow', value: 22, limit: { side: 'above', value: 20 } },
      '【降为黄色报警】12 号电力井 可燃气体浓度 22 %LEL(限值 ≥ 20 %LEL),自 07-20 16:00 起',
      '[LOWERED TO YELLOW ALARM] 12 号电力井: Combustible gas 22 %LEL (limit ≥ 20 %LEL), since 07-20 16:00',
    ],
    [
      'low side',
      {
        value: 0.1,
        unit: 'MPa',
        limit: { side: 'below', value: 0.14 },
        what: { zh: '供水压力', en: 'Water pressure' },
      },
      '【橙色报警】12 号电力井 供水压力 0.1 MPa(限值 ≤ 0.14 MPa),自 07-20 16:00 起',
      '[ORANGE ALARM] 12 号电力井: Water pressure 0.1 MPa (limit ≤ 0.14 MPa), since 07-20 16:00',
    ],
    [
      'blind',
      { kind: 'blind', value: null, limit: null },
      '【橙色报警监测中断】12 号电力井 可燃气体浓度 无有效数据,自 07-20 16:00 起',
      '[ORANGE ALARM, SENSOR LOST] 12 号电力井: Combustible gas no usable data, since 07-20 16:00',
    ],
    [
      'restored',
      { kind: 'restored' },
      '【监测恢复,橙色报警仍在】12 号电力井 可燃气体浓度 53.1 %LEL(限值 ≥ 50 %LEL),自 07-20 16:00 起',
      '[SENSOR BACK, ORANGE ALARM STILL ON] 12 号电力井: Combustible gas 53.1 %LEL (limit ≥ 50 %LEL), since 07-20 16:00',
    ],
    [
      'unanswered',
      { kind: 'unanswered', severity: 'red' },
      '【红色报警无人确认】12 号电力井 可燃气体浓度 53.1 %LEL(限值 ≥ 50 %LEL),自 07-20 16:00 起',
      '[RED ALARM NOT ACKNOWLEDGED] 12 号电力井: Combustible gas 53.1 %LEL (limit ≥ 50 %LEL), since 07-20 16:00',
    ],
    [
      'end',
      { kind: 'end', at: AT + 35 * MINUTE, value: 12 },
      '【报警解除,原橙色】12 号电力井 可燃气体浓度 12 %LEL(限值 ≥ 50 %LEL),07-20 16:00 至 07-20 16:35,历时 35 分钟',
      '[ALARM OVER, WAS ORANGE] 12 号电力井: Combustible gas 12 %LEL (limit ≥ 50 %LEL), 07-20 16:00 to 07-20 16:35, 35 min',
    ],
    [
      'incident',
      {
        subjectKind: 'incident',
        value: null,
        limit: null,
        rule: null,
        alarmCount: 12,
        what: { zh: '燃气泄漏', en: 'Gas leak' },
      },
      '【橙色事件】12 号电力井 燃气泄漏,共 12 条报警,自 07-20 16:00 起',
      '[ORANGE INCIDENT] 12 号电力井: Gas leak, 12 alarms, since 07-20 16:00',
    ],
    [
      'no unit',
      { unit: '/', value: 7, limit: { side: 'above', value: 6 } },
      '【橙色报警】12 号电力井 可燃气体浓度 7(限值 ≥ 6),自 07-20 16:00 起',
      '[ORANGE ALARM] 12 号电力井: Combustible gas 7 (limit ≥ 6), since 07-20 16:00',
    ],
  ])('%s', (_name, fields, zh, en) => expect(both(noticeOf({ ...gas, ...fields }))).toEqual([zh, en]));

  it('says something for each kind and severity', () => {
    const kinds: NoticeKind[] = ['start', 'worse', 'milder', 'blind', 'restored', 'unanswered', 'end'];
    const severities: Severity[] = ['blue', 'yellow', 'orange', 'red'];
    const lines = kinds.flatMap(kind => severities.flatMap(severity => both(noticeOf({ kind, severity }))));
    expect(new Set(lines).size).toBe(kinds.length * severities.length * 2);
  });

  it.each([
    [0.1 + 0.2, '0.3'],
    [49.99996, '50'],
    [1_234_567, '1234570'],
    [-3, '-3'],
  ])('writes %s as %s', (value, text) =>
    expect(textOf(noticeOf({ value, unit: '' }), 'en', STYLE).line).toContain(`gas ${text} (`),
  );

  it('keeps names to one line of bounded length', () => {
    const { title, body } = textOf(
      noticeOf({ where: `井\r\nBcc: x@y\u0000${'长'.repeat(100)}` }),
      'zh',
      STYLE,
    );
    expect(title).toBe(`【橙色报警】井 Bcc: x@y ${'长'.repeat(48)}… 可燃气体浓度 53.1 %LEL`);
    expect(body.split('\n')).toHaveLength(7);
  });
});

describe('a body', () => {
  it('is this in Chinese', () => {
    expect(textOf(noticeOf({ severity: 'red' }), 'zh', STYLE).body).toBe(
      [
        '【红色报警】',
        '地点:人民路 12 号电力井',
        '内容:可燃气体浓度 53.1 %LEL',
        '限值:≥ 50 %LEL',
        '时间:自 2021-07-20 16:00:00 起',
        '规则:gas-adjacent 第 1 版',
        '详情:https://anmai.example.cn/alarms/alm-1',
      ].join('\n'),
    );
  });

  it('is this in English', () => {
    expect(textOf(noticeOf({ kind: 'end', at: AT + 3 * MINUTE }), 'en', STYLE).body).toBe(
      [
        '[ALARM OVER, WAS ORANGE]',
        'Where: 人民路 12 号电力井',
        'What: Combustible gas 53.1 %LEL',
        'Limit: ≥ 50 %LEL',
        'When: 2021-07-20 16:00:00 to 2021-07-20 16:03:00, 3 min',
        'Rule: gas-adjacent, version 1',
        'More: https://anmai.example.cn/alarms/alm-1',
      ].join('\n'),
    );
  });

  it('has no link when the pages have no public address', () => {
    const text = textOf(noticeOf(), 'zh', { ...STYLE, linkBase: null });
    expect(text.link).toBeNull();
    expect(text.body).not.toContain('http');
  });
});

describe('a digest', () => {
  const at = (i: number, severity: Severity): Notice => noticeOf({ severity, at: AT + i, where: `井 ${i}` });

  it('counts, and lists the worst and newest first', () => {
    const text = digestText([at(1, 'blue'), at(2, 'red'), at(3, 'blue')], 'zh', STYLE);
    expect(text.title).toBe('【报警汇总】3 条:红色 1,蓝色 2');
    expect(text.body.split('\n')).toEqual([
      '【报警汇总】3 条:红色 1,蓝色 2',
      '【红色报警】井 2 可燃气体浓度 53.1 %LEL(限值 ≥ 50 %LEL),自 07-20 16:00 起',
      '【蓝色报警】井 3 可燃气体浓度 53.1 %LEL(限值 ≥ 50 %LEL),自 07-20 16:00 起',
      '【蓝色报警】井 1 可燃气体浓度 53.1 %LEL(限值 ≥ 50 %LEL),自 07-20 16:00 起',
      'https://anmai.example.cn/',
    ]);
  });

  it.each<[readonly Notice['subjectKind'][], string, string]>([
    [['incident', 'incident'], '【事件汇总】2 条:橙色 2', '[INCIDENT DIGEST] 2 messages: ORANGE 2'],
    [
      ['alarm', 'incident'],
      '【报警与事件汇总】2 条:橙色 2',
      '[ALARM AND INCIDENT DIGEST] 2 messages: ORANGE 2',
    ],
  ])('says what it is about: %s', (kinds, zh, en) => {
    const notices = kinds.map(subjectKind => noticeOf({ subjectKind }));
    expect([digestText(notices, 'zh', STYLE).title, digestText(notices, 'en', STYLE).title]).toEqual([
      zh,
      en,
    ]);
  });

  it.each([
    [DIGEST_ROWS_MAX, 0],
    [DIGEST_ROWS_MAX + 1, 1],
    [500, 480],
  ])('of %s says how many more there are: %s', (count, more) => {
    const { title, body } = digestText(
      Array.from({ length: count }, (_, i) => at(i, 'yellow')),
      'en',
      STYLE,
    );
    expect(title).toBe(`[ALARM DIGEST] ${count} messages: YELLOW ${count}`);
    expect(body.includes(`and ${more} more, see the page`)).toBe(more > 0);
  });
});

it.each([
  [0, '不到 1 分钟', 'less than 1 min'],
  [59_999, '不到 1 分钟', 'less than 1 min'],
  [60_000, '1 分钟', '1 min'],
  [3_600_000, '1 小时 0 分', '1 h 0 min'],
  [90_000_000, '1 天 1 小时', '1 d 1 h'],
])('%s ms is %s, %s', (ms, zh, en) => expect([duration(ms, 'zh'), duration(ms, 'en')]).toEqual([zh, en]));
