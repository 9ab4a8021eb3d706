import { lazy, Suspense } from 'react';
import { hasWebgl } from '../map/webgl';
import { Empty } from '../shell/notes';
import { useWords } from '../text/language';
import type { BuildingFilterState } from './building-data';

const Canvas = lazy(() => import('./building-map-canvas'));

/** The buildings on a map; where none can be drawn, the list says the same. */
export function BuildingMap({ filter }: { readonly filter: BuildingFilterState }) {
  const { t } = useWords();
  if (!hasWebgl()) return <Empty title={t('bmap.noWebgl')} />;
  return (
    <div className="building-map" data-testid="building-map">
      <Suspense fallback={null}>
        <Canvas filter={filter} />
      </Suspense>
    </div>
  );
}
