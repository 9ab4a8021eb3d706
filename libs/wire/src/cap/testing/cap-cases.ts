import type { CapAlert } from '../cap-alert';
import { capArea } from '../cap-area';
import { capAlertOf, capIdentifier, type CapWarning } from '../cap-warning';

/** 2021-07-20 16:00 in Zhengzhou. */
export const AT = Date.UTC(2021, 6, 20, 8, 0, 0);

export const GAS_WARNING: CapWarning = {
  sender: 'anmai.example.cn',
  senderName: { zh: '城市生命线监测中心', en: 'City Lifeline Centre' },
  subjectId: 'inc-0001',
  n: 1,
  phase: 'start',
  previous: [],
  status: 'Actual',
  sentAt: AT,
  onsetAt: AT - 60_000,
  expiresAt: AT + 6 * 3_600_000,
  severity: 'red',
  basis: 'measured',
  group: 'gas',
  event: { zh: '燃气泄漏', en: 'Gas leak' },
  headline: { zh: '人民路 12 号电力井燃气泄漏', en: 'Gas leak at well 12, Renmin Road' },
  description: {
    zh: '可燃气体 53.1 %LEL,限值 < 50 & 上升',
    en: 'Combustible gas 53.1 %LEL, limit < 50 & rising',
  },
  instruction: { zh: '请勿靠近,禁止明火。', en: 'Keep away. No open fire.' },
  responses: ['Avoid', 'Evacuate'],
  areas: [
    capArea('人民路 12 号', { type: 'Point', coordinates: [114.3, 34.8] }, 0.2, [
      { valueName: 'GB/T 2260', value: '410203' },
    ]),
  ],
  web: 'https://anmai.example.cn/alarms/a-1?lang=zh&from=cap',
  parameters: [{ valueName: 'anmai:value', value: '53.1 %LEL' }],
};

export const first: CapAlert = capAlertOf(GAS_WARNING);
const told = { sender: first.sender, identifier: first.identifier, sentAt: first.sentAt };
const LINE = {
  type: 'LineString',
  coordinates: [
    [114.3, 34.8],
    [114.31, 34.8],
    [114.31, 34.82],
  ],
} as const;
const RING = {
  type: 'Polygon',
  coordinates: [
    [
      [114, 34],
      [115, 34],
      [115, 35],
      [114, 34],
    ],
  ],
} as const;

/** One of each kind of message. */
export const CAP_CASES: readonly (readonly [name: string, alert: CapAlert])[] = [
  ['the first message', first],
  [
    'an update along a pipe',
    capAlertOf({
      ...GAS_WARNING,
      n: 2,
      phase: 'update',
      severity: 'orange',
      basis: 'blind',
      previous: [told],
      areas: [capArea('燃气管道 <东段>', LINE, 0.05), capArea('Ring', RING, 0)],
    }),
  ],
  [
    'the end, with both earlier messages',
    capAlertOf({
      ...GAS_WARNING,
      n: 3,
      phase: 'end',
      previous: [
        told,
        { ...told, identifier: capIdentifier(told.sender, 'inc-0001', 2), sentAt: AT + 60_000 },
      ],
      expiresAt: null,
      instruction: null,
      web: null,
    }),
  ],
  [
    'a private exercise in a group with spaces in its addresses',
    {
      ...first,
      status: 'Exercise',
      scope: 'Private',
      addresses: ['duty@city.cn', 'Zhang San <z@city.cn>'],
      note: '演练 & 演练',
    },
  ],
  [
    'a refusal without info',
    { ...first, messageType: 'Error', references: [told], infos: [], note: 'no area' },
  ],
];
