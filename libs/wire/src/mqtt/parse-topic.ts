import { ID_PATTERN } from '@anmai/kernel';

export type TopicKind = 'telemetry' | 'status' | 'command';
export interface DeviceTopic {
  readonly deviceId: string;
  readonly kind: TopicKind;
}

const ROOT = 'anmai/v1/';

/** `anmai/v1/{deviceId}/{telemetry|status|command}`, nothing before, after or in between; otherwise null. */
export function parseTopic(topic: string): DeviceTopic | null {
  if (!topic.startsWith(ROOT)) return null;
  const end = topic.indexOf('/', ROOT.length);
  if (end < 0) return null;
  const deviceId = topic.slice(ROOT.length, end);
  const kind = topic.slice(end + 1);
  if (kind !== 'telemetry' && kind !== 'status' && kind !== 'command') return null;
  return ID_PATTERN.test(deviceId) ? { deviceId, kind } : null;
}
