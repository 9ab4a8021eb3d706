import type { OnRefused, Reading, RefusalCode, SensorBucket } from '@anmai/readings';
import type { WriteReply } from './http-writer';
import { HttpWriter, WRITES_AT_ONCE_MAX } from './http-writer';
import { refusal, unreachable } from './influx-client';
import type { InfluxSettings } from './influx-settings';
import { bucketLines, lines } from './line-protocol';

/** About half a megabyte: far from the server's limit of 25, large enough that its flush to disk does not count. */
export const LINES_PER_REQUEST_MAX = 10_000;
/** Requests spent on finding the refused points of one batch; what is not found by then is named as a group. */
export const SEARCH_REQUESTS_MAX = 300;

/** Words by which 1.x says that single points, not the request, are at fault. The others of the request are kept. */
const POINTS_AT_FAULT = /partial write|unable to parse|field type conflict|limit exceeded|beyond retention/i;
const BEYOND_RETENTION = /beyond retention policy/i;

/** Writes readings, and finds those that the server will never take, so that they cannot block the others. */
export class BatchWriter {
  private readonly http: HttpWriter;

  constructor(
    private readonly settings: InfluxSettings,
    private readonly onRefused: OnRefused,
  ) {
    this.http = new HttpWriter(settings);
  }

  /**
   * Durable once resolved. The readings have no key twice: requests run side by side. Rejects with RDG-001 or an
   * INF error; then some may have been written.
   */
  async write(readings: readonly Reading[]): Promise<void> {
    const batches: (readonly Reading[])[] = [];
    for (let from = 0; from < readings.length; from += LINES_PER_REQUEST_MAX) {
      batches.push(readings.slice(from, from + LINES_PER_REQUEST_MAX));
    }
    const worker = async (): Promise<void> => {
      for (let next = batches.shift(); next !== undefined; next = batches.shift()) {
        await this.writeBatch(next, { requestsLeft: SEARCH_REQUESTS_MAX });
      }
    };
    // All settle before we tell, so that no write of this call is under way when the caller tries again.
    const outcomes = await Promise.allSettled(Array.from({ length: WRITES_AT_ONCE_MAX }, worker));
    const failed = outcomes.find(outcome => outcome.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }

  /** Durable once resolved. What the server does not take rejects: a restore that leaves something out is none. */
  async writeBuckets(policy: string, buckets: readonly SensorBucket[]): Promise<void> {
    for (let from = 0; from < buckets.length; from += LINES_PER_REQUEST_MAX) {
      const body = bucketLines(buckets.slice(from, from + LINES_PER_REQUEST_MAX));
      const reply = await this.send(body, policy);
      if (reply.status !== 204)
        throw refusal(this.settings, `A ${reply.status} answer to a write: ${reply.error}`);
    }
  }

  close(): void {
    this.http.close();
  }

  private async writeBatch(readings: readonly Reading[], search: { requestsLeft: number }): Promise<void> {
    const reply = await this.post(readings);
    if (reply.status === 204 || reply.status === 200) return;
    if (reply.status === 413 && readings.length > 1) return this.writeHalves(readings, search);
    const pointsAtFault = reply.status === 400 && POINTS_AT_FAULT.test(reply.error);
    if (!pointsAtFault) throw refusal(this.settings, `A ${reply.status} answer to a write: ${reply.error}`);
    const beyond = BEYOND_RETENTION.test(reply.error);
    const dropped = Number(/dropped=(\d+)/.exec(reply.error)?.[1] ?? 0);
    if (readings.length === 1 || dropped >= readings.length) {
      const code: RefusalCode = beyond ? 'beyond_retention' : 'store_refused';
      return this.onRefused(readings, { code, detail: reply.error });
    }
    if (search.requestsLeft < 2) {
      const detail = `some of these ${readings.length}: ${reply.error}`;
      return this.onRefused(readings, { code: 'store_refused', detail });
    }
    // What is refused mostly belongs together in time or by sensor: sorted so, whole halves are refused at once.
    const sorted = [...readings].sort(beyond ? byTime : bySensor);
    return this.writeHalves(sorted, search);
  }

  private async writeHalves(readings: readonly Reading[], search: { requestsLeft: number }): Promise<void> {
    search.requestsLeft -= 2;
    const middle = readings.length >> 1;
    await this.writeBatch(readings.slice(0, middle), search);
    await this.writeBatch(readings.slice(middle), search);
  }

  private post(readings: readonly Reading[]): Promise<WriteReply> {
    return this.send(lines(readings), 'raw');
  }

  private async send(body: string, policy: string): Promise<WriteReply> {
    try {
      return await this.http.post(body, policy);
    } catch (cause) {
      throw unreachable(this.settings, cause instanceof Error ? cause.message : String(cause));
    }
  }
}

const byTime = (a: Reading, b: Reading): number => a.at - b.at;
const bySensor = (a: Reading, b: Reading): number =>
  a.sensorId < b.sensorId ? -1 : a.sensorId > b.sensorId ? 1 : byTime(a, b);
