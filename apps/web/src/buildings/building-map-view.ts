import { Map as Engine, setWorkerUrl, type GeoJSONSource } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import type { FeatureCollection } from 'geojson';
import { extentOf } from '@anmai/lifecycle';
import type { BuildingMapShape } from '@anmai/wire';
import type { Palette } from '../look/palette';
import { PIXEL_RATIO } from '../map/map-icons';

setWorkerUrl(workerUrl);

/** west, south, east, north */
export type Box = readonly [number, number, number, number];
const EMPTY: FeatureCollection = { type: 'FeatureCollection', features: [] };
const EDGE_PX = 40;
const CELL_ZOOM = 2;

/** Buildings as outlines, points or counted cells, on a plain ground. */
export class BuildingMapView {
  private readonly engine: Engine;
  private readonly ready: Promise<void>;
  private fitted = false;
  private gone = false;

  constructor(
    container: HTMLElement,
    palette: Palette,
    private readonly onBox: (box: Box) => void,
    private readonly onChoose: (id: string) => void,
  ) {
    this.engine = new Engine({
      container,
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      fadeDuration: 0,
      maxZoom: 20,
      center: [113.6, 34.75],
      zoom: 10,
      style: {
        version: 8,
        sources: { all: { type: 'geojson', data: EMPTY } },
        layers: [
          { id: 'ground', type: 'background', paint: { 'background-color': palette.ground } },
          {
            id: 'outlines',
            type: 'fill',
            source: 'all',
            filter: ['==', ['geometry-type'], 'Polygon'],
            paint: {
              'fill-color': ['match', ['get', 'grade'], ['C', 'D'], palette.text, palette.quiet],
              'fill-opacity': ['match', ['get', 'grade'], 'D', 0.9, 'C', 0.6, 0.3],
              'fill-outline-color': palette.text,
            },
          },
          {
            id: 'points',
            type: 'circle',
            source: 'all',
            filter: ['all', ['==', ['geometry-type'], 'Point'], ['==', ['get', 'count'], 1]],
            paint: {
              'circle-radius': 4,
              'circle-color': ['match', ['get', 'grade'], ['C', 'D'], palette.text, palette.quiet],
              'circle-stroke-color': palette.ground,
              'circle-stroke-width': 1,
            },
          },
          {
            id: 'cells',
            type: 'symbol',
            source: 'all',
            filter: ['>', ['get', 'count'], 1],
            layout: { 'icon-image': ['concat', 'n', ['get', 'count']], 'icon-allow-overlap': true },
          },
        ],
      },
    });
    this.engine.touchZoomRotate.disableRotation();
    this.engine.setMissingStyleImageResolver(name => {
      const image = countIcon(name.slice(1), palette);
      if (image !== null && !this.engine.hasImage(name))
        this.engine.addImage(name, image, { pixelRatio: PIXEL_RATIO });
    });
    this.ready = new Promise(resolve => void this.engine.once('load', () => resolve()));
    this.engine.on('moveend', () => this.fitted && this.tellBox());
    for (const layer of ['outlines', 'points', 'cells']) this.listen(layer);
  }

  /** The first answer, which is of the whole earth, moves the map to where the buildings are. */
  async show(map: BuildingMapShape): Promise<void> {
    await this.ready;
    if (this.gone) return;
    void this.engine.getSource<GeoJSONSource>('all')?.setData(map as unknown as FeatureCollection);
    if (this.fitted || map.features.length === 0) return;
    const boxes = map.features.map(each => extentOf(each.geometry)).filter(box => box !== null);
    this.fitted = true;
    const edge = (n: 0 | 1 | 2 | 3, pick: (...all: number[]) => number): number =>
      pick(...boxes.map(box => box[n]));
    this.engine.fitBounds([edge(0, Math.min), edge(1, Math.min), edge(2, Math.max), edge(3, Math.max)], {
      padding: EDGE_PX,
      maxZoom: 17,
      duration: 0,
    });
  }

  close(): void {
    this.gone = true;
    this.engine.remove();
  }

  private tellBox(): void {
    const bounds = this.engine.getBounds();
    const digits = (value: number, max: number): number =>
      Number(Math.max(-max, Math.min(max, value)).toFixed(5));
    this.onBox([
      digits(bounds.getWest(), 180),
      digits(bounds.getSouth(), 90),
      digits(bounds.getEast(), 180),
      digits(bounds.getNorth(), 90),
    ]);
  }

  private listen(layer: string): void {
    this.engine.on('mouseenter', layer, () => (this.engine.getCanvas().style.cursor = 'pointer'));
    this.engine.on('mouseleave', layer, () => (this.engine.getCanvas().style.cursor = ''));
    this.engine.on('click', layer, event => {
      const id: unknown = event.features?.[0]?.properties['id'];
      if (typeof id === 'string') this.onChoose(id);
      else this.engine.easeTo({ center: event.lngLat, zoom: this.engine.getZoom() + CELL_ZOOM, duration: 0 });
    });
  }
}

/** A disc with a number; larger for more. The map has no fonts of its own. */
function countIcon(text: string, palette: Palette): ImageData | null {
  const px = (20 + 4 * text.length) * PIXEL_RATIO;
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = px;
  const pen = canvas.getContext('2d');
  if (pen === null) return null;
  pen.beginPath();
  pen.arc(px / 2, px / 2, px / 2 - PIXEL_RATIO, 0, 2 * Math.PI);
  pen.fillStyle = palette.panel;
  pen.fill();
  pen.strokeStyle = palette.quiet;
  pen.lineWidth = PIXEL_RATIO;
  pen.stroke();
  pen.fillStyle = palette.text;
  pen.font = `${11 * PIXEL_RATIO}px system-ui, sans-serif`;
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.fillText(text, px / 2, px / 2);
  return pen.getImageData(0, 0, px, px);
}
