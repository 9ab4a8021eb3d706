import { yuan } from '@anmai/lifecycle';
import type { CityShape } from '@anmai/wire';
import { useWords } from '../text/language';
import type { TextKey } from '../text/words';
import { MonthLine } from './month-line';
import { ShareBar } from './share-bar';

type Item = CityShape['items'][number];

/** All indicators, each with what was counted. */
export function CityTable({ items }: { readonly items: readonly Item[] }) {
  const { t } = useWords();
  return (
    <table className="plain kpi-table city-table">
      <thead>
        <tr>
          <th>{t('city.indicator')}</th>
          <th className="right">{t('city.counted')}</th>
          <th>{t('city.share')}</th>
          <th className="right">{t('city.target')}</th>
          <th>{t('city.verdict')}</th>
          <th>{t('city.history')}</th>
        </tr>
      </thead>
      <tbody>
        {items.map(item => (
          <tr key={item.key} data-testid="city-row" data-key={item.key} data-status={item.status}>
            <td>
              {t(`city.key.${item.key}` as TextKey)}
              <div className="quiet city-means">{t(`city.means.${item.key}` as TextKey)}</div>
            </td>
            <td className="num right">{counted(item)}</td>
            <td>
              <ShareBar share={item} target={item.target} />
            </td>
            <td className="num right">{item.target * 100} %</td>
            <td>
              <span className={`kpi-status ${item.status}`}>{t(`kpi.${item.status}`)}</span>
              {item.why !== null && <div className="quiet">{t(`city.why.${item.why}` as TextKey)}</div>}
            </td>
            <td>
              <MonthLine history={item.history} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function counted({ status, unit, numerator, denominator }: Item): string {
  if (status === 'noData') return '—';
  const text = (value: number): string => (unit === 'fen' ? yuan(value) : String(value));
  return `${text(numerator)} / ${text(denominator)}`;
}
