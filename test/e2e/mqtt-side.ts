import type { MqttClient } from 'mqtt';
import type { ReadingsReply } from '@anmai/wire';
import type { ApiClient } from '../support/api-client';
import { eventually } from '../support/eventually';

async function valuesOf(api: ApiClient, sensorId: string): Promise<(number | null)[]> {
  const to = new Date(Date.now() + 60_000).toISOString();
  const path = `/sensors/${sensorId}/readings?from=2001-01-01T00:00:00Z&to=${to}`;
  return (await api.get<ReadingsReply>(path)).body.rows.map(row => row.value);
}

/** All values of a sensor, ascending by time, once there are so many. */
export const storedValues = (api: ApiClient, sensorId: string, count: number): Promise<(number | null)[]> =>
  eventually(async () => {
    const values = await valuesOf(api, sensorId);
    return values.length >= count && values;
  });

/** What a client hears; `next` waits for the first that holds the text. */
export function listen(client: MqttClient): { heard: string[]; next: (text: string) => Promise<string> } {
  const heard: string[] = [];
  client.on('message', (topic, payload) => heard.push(`${topic} ${payload.toString()}`));
  return { heard, next: text => eventually(async () => heard.find(item => item.includes(text))) };
}
