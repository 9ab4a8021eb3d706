import type { DueCountsShape } from '@anmai/wire';
import { useWords } from '../text/language';
import type { DueFilterState } from './checkup-data';

interface StreetRow {
  readonly district: string;
  readonly street: string;
  readonly overdue: number;
  readonly due: number;
  readonly unknown: number;
  readonly all: number;
}

/** Streets with the most that is overdue first. */
export function streetRows(counts: DueCountsShape | undefined): readonly StreetRow[] {
  const rows = new Map<string, { -readonly [K in keyof StreetRow]: StreetRow[K] }>();
  for (const { district, street, state, count } of counts?.items ?? []) {
    const key = `${district}\n${street}`;
    const row = rows.get(key) ?? { district, street, overdue: 0, due: 0, unknown: 0, all: 0 };
    rows.set(key, row);
    row.all += count;
    if (state === 'overdue' || state === 'unknown') row[state] += count;
    if (state === 'due' || state === 'dueSoon') row.due += count;
  }
  return [...rows.values()].sort(
    (a, b) =>
      b.overdue - a.overdue || b.due - a.due || (a.district + a.street < b.district + b.street ? -1 : 1),
  );
}

export function StreetCounts({
  counts,
  filter,
  onFilter,
}: {
  readonly counts: DueCountsShape | undefined;
  readonly filter: DueFilterState;
  readonly onFilter: (filter: DueFilterState) => void;
}) {
  const { t } = useWords();
  return (
    <table className="street-counts">
      <thead>
        <tr>
          <th>{t('col.street')}</th>
          <th className="num">{t('due.overdue')}</th>
          <th className="num">{t('chk.dueAndSoon')}</th>
          <th className="num">{t('due.unknown')}</th>
          <th className="num">{t('chk.all')}</th>
        </tr>
      </thead>
      <tbody>
        {streetRows(counts).map(row => {
          const { district, street } = row;
          const isChosen = filter.district === district && filter.street === street;
          return (
            <tr key={`${district} ${street}`} className={isChosen ? 'chosen' : ''} data-street={street}>
              <td>
                <button
                  type="button"
                  className="as-link"
                  disabled={street === ''}
                  onClick={() => onFilter({ ...filter, district, street })}
                >
                  {street === '' ? t('chk.noStreet') : `${district} ${street}`}
                </button>
              </td>
              <td className={row.overdue > 0 ? 'num strong' : 'num quiet'}>{row.overdue}</td>
              <td className="num">{row.due}</td>
              <td className={row.unknown > 0 ? 'num blind-note' : 'num quiet'}>{row.unknown}</td>
              <td className="num quiet">{row.all}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
