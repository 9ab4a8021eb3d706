const ROOT = 'anmai/v1/';
/** ThingsBoard's topic: the device is the one that logged in. */
export const ME_TELEMETRY = 'v1/devices/me/telemetry';

export const telemetryTopic = (deviceId: string): string => `${ROOT}${deviceId}/telemetry`;
export const statusTopic = (deviceId: string): string => `${ROOT}${deviceId}/status`;
export const commandTopic = (deviceId: string): string => `${ROOT}${deviceId}/command`;

/** A device publishes its own telemetry and status. Not its command topic: it would command itself. */
export function mayPublish(deviceId: string, topic: string): boolean {
  return topic === telemetryTopic(deviceId) || topic === statusTopic(deviceId) || topic === ME_TELEMETRY;
}

/**
 * A device reads what is below its own id: `command`, `status`, `telemetry` and deeper; wildcards stand only
 * below the id, so no filter can reach another device. `v1/devices/me/…` is refused: all devices share that
 * name.
 */
export function maySubscribe(deviceId: string, filter: string): boolean {
  const own = `${ROOT}${deviceId}/`;
  if (!filter.startsWith(own)) return false;
  const below = filter.slice(own.length);
  const end = below.indexOf('/');
  const first = end < 0 ? below : below.slice(0, end);
  if (first === '#') return end < 0;
  return first === 'command' || first === 'status' || first === 'telemetry' || first === '+';
}

/** Does this filter, which passed `maySubscribe`, reach the device's telemetry topic? */
export function reachesTelemetry(deviceId: string, filter: string): boolean {
  return filterMatches(filter, telemetryTopic(deviceId));
}

/** MQTT 3.1.1 topic matching (section 4.7), for topics that do not start with `$`. */
export function filterMatches(filter: string, topic: string): boolean {
  const want = filter.split('/');
  const have = topic.split('/');
  for (let i = 0; i < want.length; i++) {
    if (want[i] === '#') return true;
    if (i >= have.length) return false;
    if (want[i] !== '+' && want[i] !== have[i]) return false;
  }
  return want.length === have.length;
}
