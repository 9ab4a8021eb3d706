import {
  Map as Engine,
  ScaleControl,
  setWorkerUrl,
  type GeoJSONSource,
  type MapMouseEvent,
} from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import type { FeatureCollection } from 'geojson';
import type { Palette } from '../look/palette';
import { gridOf, type Bounds, type MapFeatures } from './asset-features';
import { iconOf, PIXEL_RATIO } from './map-icons';
import { mapStyle } from './map-style';

setWorkerUrl(workerUrl);

const HIT_PX = 8;
const PULSE_MS = 1_000;
const EDGE_PX = 60;
const FIT = { maxZoom: 16, duration: 0 };
const CLICKABLE = ['marks', 'clusters', 'mark-labels', 'quiet', 'lines', 'areas'];

interface Camera {
  readonly center: [number, number];
  readonly zoom: number;
}
/** Where the operator last looked: a change of theme or page must not move the map. */
let lastCamera: Camera | null = null;

interface CityMapParts {
  readonly container: HTMLElement;
  readonly palette: Palette;
  /** Without pulsing and flights. */
  readonly still: boolean;
  readonly onChoose: (assetId: string) => void;
  /** The drawing surface is gone for good. */
  readonly onLost: () => void;
}

/** MapLibre behind the few words that the page needs. */
export class CityMap {
  private readonly engine: Engine;
  private readonly ready: Promise<void>;
  private readonly pulse: ReturnType<typeof setInterval> | undefined;
  private fitted = lastCamera !== null;
  private gone = false;

  constructor(private readonly parts: CityMapParts) {
    this.engine = new Engine({
      container: parts.container,
      style: mapStyle(parts.palette),
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      keyboard: false,
      fadeDuration: 0,
      maxZoom: 19,
      ...(lastCamera ?? { center: [114.3, 34.8] as [number, number], zoom: 11 }),
    });
    this.engine.touchZoomRotate.disableRotation();
    this.engine.addControl(new ScaleControl({ unit: 'metric' }), 'bottom-right');
    this.engine.setMissingStyleImageResolver(name => {
      const image = iconOf(name, parts.palette);
      if (image && !this.engine.hasImage(name))
        this.engine.addImage(name, image, { pixelRatio: PIXEL_RATIO });
    });
    this.ready = new Promise(resolve => void this.engine.once('load', () => resolve()));
    this.engine.on('click', event => void this.click(event));
    this.engine.on('mousemove', event => {
      this.engine.getCanvas().style.cursor = this.hits(event).length > 0 ? 'pointer' : '';
    });
    this.engine.on('moveend', () => this.remember());
    this.engine.on('webglcontextlost', parts.onLost);
    this.pulse = parts.still ? undefined : setInterval(() => this.beat(), PULSE_MS);
  }

  /** `rightPx`: covered by the detail; the first view leaves it out. */
  async show(features: MapFeatures, bounds: Bounds | null, rightPx: number): Promise<void> {
    await this.ready;
    if (this.gone) return;
    this.put('shapes', features.shapes);
    this.put('quiet', features.quiet);
    this.put('marks', features.marks);
    if (bounds && !this.fitted) {
      this.fitted = true;
      this.put('grid', gridOf(bounds));
      this.fit(bounds, rightPx);
    } else if (bounds) this.put('grid', gridOf(bounds));
  }

  /** Rings the place; moves there only when it is out of sight. `rightPx`: covered by the detail. */
  async choose(place: readonly [number, number] | null, rightPx: number): Promise<void> {
    await this.ready;
    if (this.gone) return;
    const features: FeatureCollection['features'] = place
      ? [{ type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: [...place] } }]
      : [];
    this.put('chosen', { type: 'FeatureCollection', features });
    if (!place) return;
    const at = this.engine.project([place[0], place[1]]);
    const { clientWidth, clientHeight } = this.engine.getContainer();
    const inSight = at.x > 30 && at.y > 30 && at.x < clientWidth - rightPx - 30 && at.y < clientHeight - 30;
    if (inSight) return;
    this.engine.easeTo({
      center: [place[0], place[1]],
      offset: [-rightPx / 2, 0],
      zoom: Math.max(this.engine.getZoom(), 14),
      duration: this.parts.still ? 0 : 500,
    });
  }

  fit([west, south, east, north]: Bounds, rightPx: number): void {
    const padding = { top: EDGE_PX, bottom: EDGE_PX, left: EDGE_PX, right: EDGE_PX + rightPx };
    this.engine.fitBounds([west, south, east, north], { ...FIT, padding });
  }

  zoomBy(levels: number): void {
    this.engine.zoomTo(this.engine.getZoom() + levels, { duration: this.parts.still ? 0 : 200 });
  }

  resize(): void {
    this.engine.resize();
  }

  close(): void {
    this.gone = true;
    clearInterval(this.pulse);
    this.engine.remove();
  }

  private put(source: string, data: FeatureCollection): void {
    void this.engine.getSource<GeoJSONSource>(source)?.setData(data);
  }

  private beat(): void {
    if (document.hidden || !this.engine.getLayer('fresh')) return;
    const faint = this.engine.getPaintProperty('fresh', 'circle-stroke-opacity') === 0.25;
    this.engine.setPaintProperty('fresh', 'circle-stroke-opacity', faint ? 1 : 0.25);
  }

  private hits({ point }: MapMouseEvent) {
    const layers = CLICKABLE.filter(id => this.engine.getLayer(id));
    const box: [[number, number], [number, number]] = [
      [point.x - HIT_PX, point.y - HIT_PX],
      [point.x + HIT_PX, point.y + HIT_PX],
    ];
    const found = this.engine.queryRenderedFeatures(box, { layers });
    // What is in alarm lies under the finger before what is not.
    return found.sort((a, b) => layers.indexOf(a.layer.id) - layers.indexOf(b.layer.id));
  }

  private async click(event: MapMouseEvent): Promise<void> {
    const [hit] = this.hits(event);
    if (!hit) return;
    const clusterId: unknown = hit.properties['cluster_id'];
    if (typeof clusterId !== 'number') return this.parts.onChoose(String(hit.properties['id']));
    const zoom = await this.engine.getSource<GeoJSONSource>('marks')?.getClusterExpansionZoom(clusterId);
    this.engine.easeTo({
      center: event.lngLat,
      zoom: zoom ?? this.engine.getZoom() + 2,
      duration: this.parts.still ? 0 : 300,
    });
  }

  private remember(): void {
    const { lng, lat } = this.engine.getCenter();
    if (this.fitted) lastCamera = { center: [lng, lat], zoom: this.engine.getZoom() };
  }
}
