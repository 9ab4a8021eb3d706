import type { ReportSheet } from '@anmai/reports';
import type { CityFigures } from './city-desk';
import { CITY_TEXT } from './report-text';

/** The figures as sheets: all, by district, by month. Numerators and denominators stand beside each share. */
export function citySheets({ month, items }: CityFigures, language: 'zh' | 'en'): ReportSheet[] {
  const text = CITY_TEXT[language];
  const [indicator, , share, target, verdict] = text.columns;
  const [reached, wanted] = text.columns[1].split(' / ') as [string, string];
  const words = { met: text.met, missed: text.missed, noData: text.noData } as const;
  const counts = [
    { title: reached, format: '0' },
    { title: wanted, format: '0' },
    { title: share, format: '0.0 %' },
  ];
  const nameOf = (item: CityFigures['items'][number]): string => text.indicators[item.spec.key].name;
  return [
    {
      name: text.table,
      notes: [`${text.title} ${text.subtitle(month)}`],
      columns: [
        { title: indicator, width: 28 },
        ...counts,
        { title: target, format: '0 %' },
        { title: verdict },
        { title: text.notes, width: 70 },
      ],
      rows: items.map(item => [
        nameOf(item),
        ...(item.share === null ? [null, null, null] : [item.numerator, item.denominator, item.share]),
        item.spec.target,
        words[item.status],
        text.indicators[item.spec.key].means,
      ]),
    },
    {
      name: text.district,
      columns: [
        { title: text.district, width: 20 },
        { title: indicator, width: 28 },
        ...counts,
        { title: verdict },
      ],
      rows: items.flatMap(item =>
        item.districts.map(each => [
          each.district === '' ? text.unknownDistrict : each.district,
          nameOf(item),
          ...[each.numerator, each.denominator, each.share, words[each.status]],
        ]),
      ),
    },
    {
      name: text.month,
      columns: [
        { title: text.month, width: 12 },
        { title: indicator, width: 28 },
        ...counts,
        { title: verdict },
      ],
      rows: items.flatMap(item =>
        item.history.map(each => [
          each.month,
          nameOf(item),
          ...(each.share === null ? [null, null, null] : [each.numerator, each.denominator, each.share]),
          words[each.status],
        ]),
      ),
    },
  ];
}
