import type { CityShape } from '@anmai/wire';
import { useWords } from '../text/language';
import type { TextKey } from '../text/words';
import { ShareBar } from './share-bar';

type Item = CityShape['items'][number];

/** District by indicator. What is counted for the whole city alone has no column. */
export function CityDistricts({ items }: { readonly items: readonly Item[] }) {
  const { t } = useWords();
  const columns = items.filter(
    item => item.districts.some(each => each.district !== '') || item.unit === 'count',
  );
  const names = [...new Set(columns.flatMap(item => item.districts.map(each => each.district)))].sort();
  const shown = columns.filter(item => item.districts.length > 0);
  if (names.length === 0) return null;
  return (
    <section>
      <h3>{t('city.districts')}</h3>
      <div className="city-scroll">
        <table className="plain kpi-table city-districts">
          <thead>
            <tr>
              <th>{t('city.district')}</th>
              {shown.map(item => (
                <th key={item.key}>{t(`city.key.${item.key}` as TextKey)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {names.map(name => (
              <tr key={name}>
                <td>{name === '' ? <span className="quiet">{t('city.unknownDistrict')}</span> : name}</td>
                {shown.map(item => {
                  const found = item.districts.find(each => each.district === name);
                  return (
                    <td key={item.key}>
                      {found === undefined ? '—' : <ShareBar share={found} target={item.target} />}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
