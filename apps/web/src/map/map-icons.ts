import type { Severity } from '@anmai/catalog';
import { RING, SHAPES, type Fill } from '../look/severity-mark';
import type { Palette } from '../look/palette';

/** Icons are drawn at twice their size, for sharp edges on dense screens. */
export const PIXEL_RATIO = 2;
const MARK_PX = 26;
const LABEL_PX = 12;
const LABEL_CHARS_MAX = 16;

type Draw = (context: CanvasRenderingContext2D) => void;

function drawn(width: number, height: number, draw: Draw): ImageData {
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(width * PIXEL_RATIO);
  canvas.height = Math.ceil(height * PIXEL_RATIO);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return new ImageData(canvas.width, canvas.height);
  context.scale(PIXEL_RATIO, PIXEL_RATIO);
  draw(context);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

function hatch(context: CanvasRenderingContext2D, palette: Palette, sizePx: number): void {
  context.save();
  context.clip();
  context.fillStyle = palette.panel;
  context.fillRect(0, 0, sizePx, sizePx);
  context.strokeStyle = palette.quiet;
  context.lineWidth = 2;
  for (let x = -sizePx; x < sizePx; x += 5) {
    context.beginPath();
    context.moveTo(x, sizePx);
    context.lineTo(x + sizePx, 0);
    context.stroke();
  }
  context.restore();
}

function hatchedIn(context: CanvasRenderingContext2D, path: Path2D, palette: Palette, sizePx: number): void {
  context.save();
  context.clip(path);
  context.beginPath();
  context.rect(0, 0, sizePx, sizePx);
  hatch(context, palette, sizePx);
  context.restore();
}

function shapePath(severity: Severity | null, sizePx: number): Path2D {
  const path = new Path2D();
  const scale = (sizePx - 6) / 20;
  path.addPath(new Path2D(severity ? SHAPES[severity] : RING), new DOMMatrix([scale, 0, 0, scale, 3, 3]));
  return path;
}

/** The same marks as in the list. */
function mark(severity: Severity | null, fill: Fill, palette: Palette): ImageData {
  return drawn(MARK_PX, MARK_PX, context => {
    const path = shapePath(severity, MARK_PX);
    const colour = severity ? palette.severity[severity] : palette.quiet;
    context.lineJoin = 'round';
    context.strokeStyle = palette.edge;
    context.lineWidth = fill === 'solid' ? 3 : 5;
    context.stroke(path);
    context.fillStyle = fill === 'solid' ? colour : palette.panel;
    context.fill(path);
    if (fill === 'solid') return;
    if (fill === 'hatched') hatchedIn(context, path, palette, MARK_PX);
    context.strokeStyle = colour;
    context.lineWidth = 2.5;
    if (!severity) context.setLineDash([3, 2]);
    context.stroke(path);
  });
}

/** Several marks in one place: the worst shape and how many. All over: a plain ring; all of them blind: a hatched one. */
function cluster(rank: number, count: string, blind: boolean, palette: Palette): ImageData {
  const severity = ([null, 'blue', 'yellow', 'orange', 'red'] as const)[rank] ?? null;
  const size = 38;
  return drawn(size, size, context => {
    const path = shapePath(severity, size);
    context.lineJoin = 'round';
    context.strokeStyle = palette.edge;
    context.lineWidth = 3;
    context.stroke(path);
    context.fillStyle = severity ? palette.severity[severity] : palette.panel;
    context.fill(path);
    if (!severity) {
      if (blind) hatchedIn(context, path, palette, size);
      context.strokeStyle = palette.quiet;
      context.lineWidth = 2;
      if (blind) context.setLineDash([3, 2]);
      context.stroke(path);
    }
    context.fillStyle = severity ? palette.onSeverity : palette.text;
    context.font = `600 13px ${fontOf()}`;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    // The weight of a triangle lies below its middle.
    const y = size / 2 + (severity === 'orange' ? 4 : 0.5);
    if (!severity) {
      context.setLineDash([]);
      context.strokeStyle = palette.panel;
      context.lineWidth = 4;
      context.strokeText(count, size / 2, y);
    }
    context.fillText(count, size / 2, y);
  });
}

const fontOf = (): string =>
  getComputedStyle(document.documentElement).getPropertyValue('--font') || 'sans-serif';

function label(name: string, palette: Palette): ImageData {
  const text = name.length > LABEL_CHARS_MAX ? `${name.slice(0, LABEL_CHARS_MAX - 1)}…` : name;
  const font = `${LABEL_PX}px ${fontOf()}`;
  const measure = document.createElement('canvas').getContext('2d');
  if (measure) measure.font = font;
  const width = (measure?.measureText(text).width ?? text.length * LABEL_PX) + 8;
  return drawn(width, LABEL_PX + 8, context => {
    context.font = font;
    context.textBaseline = 'middle';
    context.lineJoin = 'round';
    context.strokeStyle = palette.ground;
    context.lineWidth = 4;
    context.strokeText(text, 4, LABEL_PX / 2 + 4);
    context.fillStyle = palette.text;
    context.fillText(text, 4, LABEL_PX / 2 + 4);
  });
}

function hatchTile(palette: Palette): ImageData {
  return drawn(8, 8, context => {
    context.strokeStyle = palette.quiet;
    context.lineWidth = 1.5;
    for (const x of [-8, 0, 8]) {
      context.beginPath();
      context.moveTo(x, 8);
      context.lineTo(x + 8, 0);
      context.stroke();
    }
  });
}

/** The picture of an icon by its name, `kind|…`; null for a name that nobody knows. */
export function iconOf(name: string, palette: Palette): ImageData | null {
  const [kind, first = '', second = '', third = ''] = name.split('|');
  switch (kind) {
    case 'mark':
      return mark(first === 'none' ? null : (first as Severity), second as Fill, palette);
    case 'cluster':
      return cluster(Number(first), second, third === '1', palette);
    case 'label':
      return label(name.slice('label|'.length), palette);
    case 'hatch':
      return hatchTile(palette);
    default:
      return null;
  }
}
