import { InputNumber } from 'antd';
import type { BuildingFile } from '@anmai/lifecycle';
import { useWords } from '../text/language';

interface PlaceProps {
  readonly value: BuildingFile['footprint'];
  readonly onChange: (value: BuildingFile['footprint']) => void;
}

/** A point by hand. An outline comes from an import or the registry; here it can only be seen, so that no digit slips. */
export function PlaceField({ value, onChange }: PlaceProps) {
  const { t } = useWords();
  if (value !== null && value.type !== 'Point') {
    const corners = value.coordinates.flat(1).length - 1;
    return (
      <div className="file-field">
        <span>{t('fact.footprint')}</span>
        <span className="quiet">{t('fact.area4', { n: corners })}</span>
      </div>
    );
  }
  const [lon, lat] = value?.coordinates ?? [null, null];
  const put = (nextLon: number | null, nextLat: number | null): void =>
    onChange(
      nextLon === null && nextLat === null
        ? null
        : { type: 'Point', coordinates: [nextLon ?? 0, nextLat ?? 0] },
    );
  return (
    <div className="file-field place-field" role="group" aria-label={t('fact.footprint')}>
      <span>{t('fact.lonLat')}</span>
      <InputNumber<number> value={lon} min={-180} max={180} onChange={next => put(next, lat)} />
      <InputNumber<number> value={lat} min={-90} max={90} onChange={next => put(lon, next)} />
    </div>
  );
}
