import 'maplibre-gl/dist/maplibre-gl.css';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { BuildingMapShape } from '@anmai/wire';
import { usePalette } from '../look/theme';
import { useCentre } from '../session/centre';
import { ProblemNote } from '../shell/notes';
import { chooseBuilding } from '../shell/route';
import { useWords } from '../text/language';
import { filterQuery, type BuildingFilterState } from './building-data';
import { BuildingMapView, type Box } from './building-map-view';

/** What is in sight, asked anew whenever that changes. The first answer says where the city is. */
export default function BuildingMapCanvas({ filter }: { readonly filter: BuildingFilterState }) {
  const { t } = useWords();
  const { api } = useCentre();
  const palette = usePalette();
  const container = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<BuildingMapView | null>(null);
  const [box, setBox] = useState<Box | null>(null);
  const query = useQuery({
    queryKey: ['buildings', 'map', filterQuery(filter), box],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      api.get<BuildingMapShape>(
        '/buildings/map',
        { ...filterQuery(filter), ...(box === null ? {} : { bbox: box.join(',') }) },
        signal,
      ),
  });
  useEffect(() => {
    if (container.current === null) return;
    const made = new BuildingMapView(container.current, palette, setBox, chooseBuilding);
    setView(made);
    return () => made.close();
  }, [palette]);
  useEffect(() => {
    if (query.data) void view?.show(query.data);
  }, [view, query.data]);
  return (
    <>
      {query.data && (
        <p data-testid="building-map-note" data-total={query.data.total}>
          {query.data.total === 0 ? t('bmap.none') : t('bmap.count', { n: query.data.total })}
          {query.data.clustered && <span className="quiet"> {t('bmap.truncated')}</span>}
        </p>
      )}
      {query.isError && <ProblemNote error={query.error} onRetry={() => void query.refetch()} />}
      <div ref={container} />
    </>
  );
}
