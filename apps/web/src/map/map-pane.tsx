import { Segmented } from 'antd';
import { lazy, Suspense, useMemo, useState } from 'react';
import { looksOf } from '../alarms/asset-state';
import { WORST_FIRST } from '../alarms/severity';
import { SeverityMark } from '../look/severity-mark';
import { useAlarms, useAssets } from '../session/data';
import { Empty, ProblemNote } from '../shell/notes';
import { chooseAsset } from '../shell/route';
import { useWords } from '../text/language';
import { AssetTable } from './asset-table';
import { hasWebgl } from './webgl';

const MapCanvas = lazy(() => import('./map-canvas'));

interface PaneProps {
  readonly chosenId: string | null;
  /** Width at the right that is covered by the detail. */
  readonly coveredPx: number;
}

/** Where it is: the map, or the table where there is no map or by choice. */
export function MapPane({ chosenId, coveredPx }: PaneProps) {
  const { t } = useWords();
  const assets = useAssets();
  const { alarms } = useAlarms();
  const [drawable, setDrawable] = useState(hasWebgl);
  const [view, setView] = useState<'map' | 'table'>('map');
  const items = useMemo(() => assets.data?.items ?? [], [assets.data]);
  const looks = useMemo(() => looksOf(items, alarms.values()), [items, alarms]);
  const mapped = drawable && view === 'map';
  const common = { assets: items, looks, chosenId, onChoose: chooseAsset };
  return (
    <section
      className="pane map-pane"
      data-testid="map"
      data-view={mapped ? 'map' : 'table'}
      aria-label={t('map.title')}
    >
      <div className="map-over">
        {drawable && (
          <Segmented<'map' | 'table'>
            size="small"
            value={view}
            onChange={setView}
            options={[
              { value: 'map', label: t('map.title') },
              { value: 'table', label: t('map.table') },
            ]}
          />
        )}
        {!drawable && <p className="note hint">{t('map.noWebgl')}</p>}
        {assets.isError && <ProblemNote error={assets.error} onRetry={() => void assets.refetch()} />}
        {assets.data?.cut && <p className="note hint">{t('list.cutAssets', { n: items.length })}</p>}
      </div>
      {mapped && (
        <Suspense fallback={<p className="map-wait quiet">{t('map.loading')}</p>}>
          <MapCanvas {...common} coveredPx={coveredPx} onLost={() => setDrawable(false)} />
        </Suspense>
      )}
      {mapped && <Legend coveredPx={coveredPx} />}
      {!mapped && <AssetTable {...common} />}
      {assets.isSuccess && items.length === 0 && <Empty title={t('asset.none')} hint={t('asset.noneHint')} />}
    </section>
  );
}

function Legend({ coveredPx }: { readonly coveredPx: number }) {
  const { t } = useWords();
  return (
    <ul
      className="legend"
      style={{ right: coveredPx === 0 ? 'auto' : coveredPx + 8 }}
      aria-label={t('map.legend')}
    >
      {WORST_FIRST.map(severity => (
        <li key={severity}>
          <SeverityMark severity={severity} fill="solid" size={14} /> {t(`severity.${severity}`)}
        </li>
      ))}
      <li>
        <SeverityMark severity={null} fill="hatched" size={14} /> {t('map.blind')}
      </li>
      <li>
        <SeverityMark severity="yellow" fill="hollow" size={14} /> {t('map.over')}
      </li>
      <li>
        <i className="quiet-dot" /> {t('map.normal')}
      </li>
    </ul>
  );
}
