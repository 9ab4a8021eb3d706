import { DAY_MS, HOUR_MS } from '@anmai/kernel';
import type { ChartPoint, ReportBlock, ReportDoc } from '../doc';
import { encodePng } from '../image/png';

const FROM = Date.UTC(2026, 9, 1) - 8 * HOUR_MS;

/** A PNG of one colour with transparency, 60 by 45, as a photo stands in for in tests. */
export function samplePng(red: number, green: number, blue: number, alpha = 255): Uint8Array {
  const [width, height] = [60, 45];
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const line = Buffer.from([0, ...Array.from({ length: width }, () => [red, green, blue, alpha]).flat()]);
  return encodePng(header, Buffer.concat(Array.from({ length: height }, () => line)));
}

const tilt = (scale: number): ChartPoint[] =>
  Array.from({ length: 31 * 24 }, (_, i) => {
    const at = FROM + i * HOUR_MS;
    const isSilent = i > 300 && i < 380;
    return { at, value: isSilent ? null : scale * (4 + i * 0.012 + Math.sin(i / 12)) };
  });

const table = (rows: number): ReportBlock => ({
  type: 'table',
  caption: '表 1　体检逾期建筑',
  columns: [
    { title: '序号', width: 1, align: 'right' },
    { title: '建筑', width: 4 },
    { title: '状态', width: 2 },
    { title: '按期体检率', width: 2.4 },
    { title: '金额（元）', width: 2, align: 'right' },
  ],
  rows: Array.from({ length: rows }, (_, i) => [
    String(i + 1),
    i % 7 === 3
      ? '中原区林山寨街道伏牛路社区百花里小区二期十七号楼（原纺织机械厂家属院，含地下一层自行车库及沿街商铺）'
      : `百花里 ${i + 1} 号楼`,
    i % 5 === 0
      ? { kind: 'status', mark: 'red', word: '逾期' }
      : { kind: 'status', mark: 'plain', word: '正常' },
    i % 6 === 1
      ? { kind: 'share', share: null, text: '无数据' }
      : { kind: 'share', share: (i % 10) / 10, text: `${(i % 10) * 10}.0 %` },
    `${(12_345 + i * 1_111).toLocaleString('en')}.00`,
  ]),
  totals: [['', '合计', null, null, '1,234,567.00']],
});

/** One of every block, in Chinese, over several pages. */
export const sampleDoc = (over: Partial<ReportDoc> = {}): ReportDoc => ({
  language: 'zh',
  title: '房屋安全监测月报',
  subtitle: '2026 年 10 月 · 百花里小区 17 号楼（C 级）',
  issuer: '示例市住房和城乡建设局',
  number: '监月〔2026〕10-017',
  createdAt: FROM + 31 * DAY_MS,
  utcOffsetMs: 8 * HOUR_MS,
  facts: [
    { label: '建筑编码', value: '410102-0017' },
    { label: '鉴定等级', value: { kind: 'status', mark: 'orange', word: 'C 级' } },
    { label: '地址', value: '中原区林山寨街道伏牛路 88 号院' },
    { label: '结论', value: { kind: 'status', mark: 'blind', word: '部分时段无数据' } },
  ],
  blocks: [
    { type: 'heading', level: 1, text: '一、总体情况' },
    {
      type: 'paragraph',
      text:
        '本月布设倾角、裂缝传感器 12 个，在线率 97.4 %。倾斜率最大 13.1 ‰，达到橙色限值的 94 %；' +
        '10 月 13 日 12 时至 16 日 20 时通信中断，该时段不作判断。',
    },
    {
      type: 'notice',
      mark: 'yellow',
      word: '暂定限值',
      text: '限值为工程建议值，尚未经设计单位确认，不作为执法依据。',
    },
    {
      type: 'lineChart',
      title: '东墙倾斜率',
      unit: '‰',
      from: FROM,
      to: FROM + 31 * DAY_MS,
      gapMs: 3 * HOUR_MS,
      series: [
        { name: 'T-01 东墙', points: tilt(1) },
        { name: 'T-02 西墙', points: tilt(0.6) },
      ],
      limits: [
        { value: 10, mark: 'yellow', word: '黄' },
        { value: 14, mark: 'orange', word: '橙' },
        { value: 20, mark: 'red', word: '红' },
      ],
    },
    { type: 'heading', level: 2, text: '明细' },
    table(60),
    {
      type: 'images',
      images: [
        { bytes: samplePng(180, 90, 60), caption: '东墙裂缝 F1，宽 0.6 mm，2026-10-12 09:31' },
        { bytes: samplePng(30, 60, 120, 100), caption: '西墙' },
        { bytes: new Uint8Array([0x89, 0x50, 0x4e, 0x47]), caption: '损坏的照片' },
      ],
    },
    {
      type: 'signatures',
      signatures: [
        { role: '编制', name: '王工', signedAt: '2026-11-01', image: samplePng(20, 20, 20, 160) },
        { role: '审核' },
      ],
    },
  ],
  ...over,
});
