import type { HealthShape } from '@anmai/wire';
import type { StreamState } from './live-stream';

/** The picture is late when the monitor is this far behind: an alarm could be missing from it. */
export const LAG_MS_MAX = 15_000;

export type PartName = keyof HealthShape['parts'];

/** Can the operator trust the picture, and if not, why? */
export type Trust =
  | { readonly kind: 'live' }
  | { readonly kind: 'connecting' }
  | { readonly kind: 'lost'; readonly lastAt: number | null; readonly failures: number }
  | { readonly kind: 'late'; readonly lagMs: number }
  | { readonly kind: 'partDown'; readonly parts: readonly PartName[] }
  | { readonly kind: 'historyDown' };

/** Without these no new alarm can appear. The store of readings costs history, not sight. */
const EYES: readonly PartName[] = ['broker', 'journal', 'monitor', 'records'];

/** The worst reason not to believe what is shown. A lost stream hides all others, since they came through it. */
export function trustOf(stream: StreamState, health: HealthShape | undefined): Trust {
  if (stream.phase === 'lost') return { kind: 'lost', lastAt: stream.lastByteAt, failures: stream.failures };
  if (stream.phase === 'connecting') return { kind: 'connecting' };
  if (!health) return { kind: 'live' };
  const down = EYES.filter(part => health.parts[part] === 'down');
  if (down.length > 0) return { kind: 'partDown', parts: down };
  if (health.monitorLagMs > LAG_MS_MAX) return { kind: 'late', lagMs: health.monitorLagMs };
  if (health.parts.readings === 'down') return { kind: 'historyDown' };
  return { kind: 'live' };
}

/** Lost and late pictures are drawn as such (hatched edge, pale colours), never as normal. */
export const isDoubtful = (trust: Trust): boolean =>
  trust.kind !== 'live' && trust.kind !== 'connecting' && trust.kind !== 'historyDown';
