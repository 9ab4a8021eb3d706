import type { QuarantineRow } from '@anmai/postgres';
import type { QuarantineShape } from '@anmai/wire';
import { iso } from '../iso';

export const PAYLOAD_SHOWN_CHARS_MAX = 2_048;
/** The fault that adoption can mend: someone speaks whom the registry does not know. */
export const ADOPTABLE_REASONS: ReadonlySet<string> = new Set(['unknown_device', 'unknown_channel']);

export const isAdoptable = (row: QuarantineRow): boolean =>
  row.adoptedAt === null && row.deviceId !== null && ADOPTABLE_REASONS.has(row.reason);

export const quarantineShape = (row: QuarantineRow): QuarantineShape => ({
  id: row.id,
  at: iso(row.lastAt),
  deviceId: row.deviceId,
  topic: row.topic,
  reason: row.reason,
  detail: row.count > 1 ? `${row.detail} (${row.count} times since ${iso(row.firstAt)})` : row.detail,
  payload: shown(row.payload),
  adoptable: isAdoptable(row),
});

/** As text when it is text, else as hex. */
function shown(payload: Uint8Array): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(payload);
    return text.slice(0, PAYLOAD_SHOWN_CHARS_MAX);
  } catch {
    return `0x${Buffer.from(payload.subarray(0, PAYLOAD_SHOWN_CHARS_MAX / 2 - 1)).toString('hex')}`;
  }
}
