import type { FilterSpecification, LayerSpecification, StyleSpecification } from 'maplibre-gl';
import type { Palette } from '../look/palette';

const EMPTY = { type: 'FeatureCollection' as const, features: [] };
/** Marks nearer than this are drawn as one, up to the zoom below. */
const CLUSTER_RADIUS_PX = 30;
const CLUSTER_ZOOM_MAX = 15;
const QUIET_LABEL_ZOOM = 15.5;

function quietLayers(palette: Palette): LayerSpecification[] {
  return [
    { id: 'ground', type: 'background', paint: { 'background-color': palette.ground } },
    {
      id: 'grid',
      type: 'line',
      source: 'grid',
      paint: { 'line-color': palette.line, 'line-width': 1, 'line-opacity': 0.55 },
    },
    {
      id: 'areas',
      type: 'fill',
      source: 'shapes',
      filter: ['==', ['geometry-type'], 'Polygon'],
      paint: { 'fill-color': palette.line, 'fill-opacity': 0.6, 'fill-outline-color': palette.quiet },
    },
    {
      id: 'areas-blind',
      type: 'fill',
      source: 'shapes',
      filter: ['all', ['==', ['geometry-type'], 'Polygon'], ['==', ['get', 'blind'], 1]],
      paint: { 'fill-pattern': 'hatch' },
    },
    {
      id: 'lines',
      type: 'line',
      source: 'shapes',
      filter: ['==', ['geometry-type'], 'LineString'],
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: {
        'line-color': palette.quiet,
        'line-opacity': ['match', ['get', 'group'], 'river', 0.3, 0.6],
        'line-width': ['match', ['get', 'group'], 'river', 8, 'gas', 1.5, 'water', 2.5, 2],
      },
    },
  ];
}

function severityLines(palette: Palette): LayerSpecification {
  const { blue, yellow, orange, red } = palette.severity;
  return {
    id: 'lines-loud',
    type: 'line',
    source: 'shapes',
    filter: ['>', ['get', 'rank'], 0],
    paint: { 'line-color': ['match', ['get', 'rank'], 1, blue, 2, yellow, 3, orange, red], 'line-width': 3 },
  };
}

const ALONE: FilterSpecification = ['!', ['has', 'point_count']];

function ringLayers(palette: Palette): LayerSpecification[] {
  return [
    {
      id: 'quiet',
      type: 'circle',
      source: 'quiet',
      paint: {
        'circle-color': palette.quiet,
        'circle-radius': ['interpolate', ['linear'], ['zoom'], 10, 1.5, 14, 3, 17, 5],
        'circle-stroke-color': palette.ground,
        'circle-stroke-width': 1,
      },
    },
    {
      id: 'quiet-labels',
      type: 'symbol',
      source: 'quiet',
      minzoom: QUIET_LABEL_ZOOM,
      layout: {
        'icon-image': ['concat', 'label|', ['get', 'name']],
        'icon-anchor': 'top',
        'icon-offset': [0, 6],
      },
      paint: { 'icon-opacity': 0.75 },
    },
    {
      id: 'fresh',
      type: 'circle',
      source: 'marks',
      filter: ['all', ['!', ['has', 'point_count']], ['==', ['get', 'fresh'], 1]],
      paint: {
        'circle-radius': 17,
        'circle-color': palette.text,
        'circle-opacity': 0.08,
        'circle-stroke-color': palette.text,
        'circle-stroke-width': 1.5,
      },
    },
    {
      id: 'chosen',
      type: 'circle',
      source: 'chosen',
      paint: {
        'circle-radius': 20,
        'circle-opacity': 0,
        'circle-stroke-color': palette.accent,
        'circle-stroke-width': 3,
      },
    },
  ];
}

function markLayers(): LayerSpecification[] {
  return [
    // Below the marks: a name never hides a mark.
    {
      id: 'mark-labels',
      type: 'symbol',
      source: 'marks',
      filter: ALONE,
      minzoom: 13,
      layout: {
        'icon-image': ['concat', 'label|', ['get', 'name']],
        'icon-anchor': 'top',
        'icon-offset': [0, 14],
        'icon-padding': 0,
      },
    },
    {
      id: 'marks',
      type: 'symbol',
      source: 'marks',
      filter: ALONE,
      layout: {
        'icon-image': ['get', 'icon'],
        // Its own name begins right below: the default margin would push it away.
        'icon-padding': 0,
        'icon-allow-overlap': true,
        'symbol-sort-key': ['get', 'rank'],
      },
    },
    {
      id: 'clusters',
      type: 'symbol',
      source: 'marks',
      filter: ['has', 'point_count'],
      layout: {
        'icon-image': [
          'concat',
          'cluster|',
          ['get', 'worst'],
          '|',
          ['get', 'point_count_abbreviated'],
          '|',
          ['get', 'blind'],
        ],
        'icon-allow-overlap': true,
        'symbol-sort-key': ['get', 'worst'],
      },
    },
  ];
}

/** A ground of our own: no tiles, no fonts, nothing from the network. */
export function mapStyle(palette: Palette): StyleSpecification {
  return {
    version: 8,
    // A change is one frame, not twenty: computers without a graphics card draw this map too.
    transition: { duration: 0, delay: 0 },
    sources: {
      grid: { type: 'geojson', data: EMPTY },
      shapes: { type: 'geojson', data: EMPTY },
      quiet: { type: 'geojson', data: EMPTY },
      chosen: { type: 'geojson', data: EMPTY },
      marks: {
        type: 'geojson',
        data: EMPTY,
        cluster: true,
        clusterRadius: CLUSTER_RADIUS_PX,
        clusterMaxZoom: CLUSTER_ZOOM_MAX,
        clusterProperties: { worst: ['max', ['get', 'rank']], blind: ['max', ['get', 'blind']] },
      },
    },
    layers: [...quietLayers(palette), severityLines(palette), ...ringLayers(palette), ...markLayers()],
  };
}
