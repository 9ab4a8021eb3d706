import 'maplibre-gl/dist/maplibre-gl.css';
import { Button } from 'antd';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { AssetShape } from '@anmai/wire';
import type { Look } from '../alarms/asset-state';
import { usePalette } from '../look/theme';
import { STILL, useMedia } from '../shell/media';
import { useWords } from '../text/language';
import { anchorOf, boundsOf, featuresOf } from './asset-features';
import { CityMap } from './city-map';

interface CanvasProps {
  readonly assets: readonly AssetShape[];
  readonly looks: ReadonlyMap<string, Look>;
  readonly chosenId: string | null;
  readonly coveredPx: number;
  readonly onChoose: (assetId: string) => void;
  readonly onLost: () => void;
}

/** The map itself; loaded only where WebGL exists. */
export default function MapCanvas({ assets, looks, chosenId, coveredPx, onChoose, onLost }: CanvasProps) {
  const { t } = useWords();
  const palette = usePalette();
  const still = useMedia(STILL);
  const box = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<CityMap | null>(null);
  const features = useMemo(() => featuresOf(assets, looks), [assets, looks]);
  const bounds = useMemo(() => boundsOf(assets), [assets]);
  const callbacks = useRef({ onChoose, onLost });
  useEffect(() => {
    callbacks.current = { onChoose, onLost };
  });

  useEffect(() => {
    if (!box.current) return;
    const container = box.current;
    const made = new CityMap({
      container,
      palette,
      still,
      onChoose: id => callbacks.current.onChoose(id),
      onLost: () => callbacks.current.onLost(),
    });
    setMap(made);
    return () => made.close();
  }, [palette, still]);

  useEffect(() => void map?.show(features, bounds, coveredPx), [map, features, bounds, coveredPx]);

  useEffect(() => {
    const geometry = assets.find(asset => asset.id === chosenId)?.geometry;
    const place = geometry ? anchorOf(geometry) : null;
    void map?.choose(place ? [place[0], place[1]] : null, coveredPx);
    // Data that comes anew every minute must not pull the map back to what was chosen.
  }, [map, chosenId, coveredPx, assets.length]);

  return (
    <>
      <div ref={box} className="map-box" />
      <div className="map-buttons" style={{ right: coveredPx + 8 }}>
        <Button aria-label={t('map.zoomIn')} title={t('map.zoomIn')} onClick={() => map?.zoomBy(1)}>
          +
        </Button>
        <Button aria-label={t('map.zoomOut')} title={t('map.zoomOut')} onClick={() => map?.zoomBy(-1)}>
          −
        </Button>
        <Button
          aria-label={t('map.fit')}
          title={t('map.fit')}
          onClick={() => bounds && map?.fit(bounds, coveredPx)}
        >
          ⤢
        </Button>
      </div>
      {features.withoutPlace > 0 && (
        <p className="map-note quiet">{t('map.noPlace', { n: features.withoutPlace })}</p>
      )}
    </>
  );
}
