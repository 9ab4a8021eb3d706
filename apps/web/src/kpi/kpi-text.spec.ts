import type { KpiShape } from '@anmai/wire';
import { words } from '../text/words';
import { kpiText } from './kpi-text';

const kpi = (name: string, value: KpiShape['value']): KpiShape => ({
  name,
  of: null,
  status: value === null ? 'noData' : 'met',
  value,
  target: { text: '', grade: 'P', source: { kind: 'assumption', why: '', reviewBy: '2027-05-31' } },
});

it.each([
  ['rate', { value: 0.42 }, '0.4'],
  ['crowded', { value: 0.0123 }, '1.2 %'],
  ['acknowledge', { value: 125_000 }, '2 分'],
  ['performance', { value: 'robust' }, '稳健'],
  ['priorities', { blue: 0.8, yellow: 0.15, orange: 0.05, red: 0 }, '蓝 80 % · 黄 15 % · 橙 5 % · 红 0 %'],
  ['online', null, '无数据'],
  ['stale', { value: null }, '无数据'],
])('%s', (name, value, expected) => expect(kpiText(words('zh'), kpi(name, value))).toBe(expected));
