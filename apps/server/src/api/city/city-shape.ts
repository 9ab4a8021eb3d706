import type { CityShape } from '@anmai/wire';
import { iso } from '../iso';
import type { CityFigures } from './city-desk';

export const cityShape = ({ month, isRunning, at, items }: CityFigures): CityShape => ({
  month,
  isRunning,
  at: iso(at),
  items: items.map(({ spec, numerator, denominator, share, status, why, districts, history }) => ({
    ...{ key: spec.key, kind: spec.kind, unit: spec.unit, target: spec.target },
    ...{ numerator, denominator, share, status, why },
    districts: districts.map(each => ({ ...each })),
    history: history.map(each => ({ ...each })),
  })),
});
