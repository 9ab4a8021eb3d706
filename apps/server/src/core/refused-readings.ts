import type { Clock } from '@anmai/kernel';
import type { Journal } from '@anmai/journal';
import type { OnRefused } from '@anmai/readings';
import type { JournalBody } from '@anmai/wire';
import type { Logger } from 'pino';
import { Counter, type Registry } from 'prom-client';
import { QuarantineDesk } from '../gateway/quarantine-desk';

/** Sensors listed by one refusal of the store; a batch can hold thousands with the same fault. */
const SENSORS_LISTED_MAX = 20;

/**
 * Readings that were acknowledged and judged, but that the store can never keep (older than what is kept, say): counted,
 * logged, and listed in quarantine, since nothing may be dropped in silence.
 */
export function refusedReadings(
  metrics: Registry,
  log: Logger,
  journal: Pick<Journal<JournalBody>, 'append'>,
  clock: Clock,
): OnRefused {
  const desk = new QuarantineDesk();
  const counter = new Counter({
    name: 'anmai_store_readings_refused',
    help: 'Readings that the store can never keep, by reason.',
    labelNames: ['reason'],
    registers: [metrics],
  });
  return (readings, { code, detail }) => {
    counter.inc({ reason: code }, readings.length);
    const first = readings[0]?.sensorId;
    log.warn({ code, readings: readings.length, first, detail }, 'the store refused readings');
    const at = clock.now();
    // Repeats that nobody asked for again are forgotten, so that a desk of long ago has room.
    desk.due(at);
    const sensorIds = [...new Set(readings.map(reading => reading.sensorId))].slice(0, SENSORS_LISTED_MAX);
    for (const about of sensorIds) {
      const fault = { deviceId: null, topic: '', reason: code, about, payload: null };
      const note = desk.take({ ...fault, detail: `sensor ${about}: ${detail}` }, at);
      if (note === null) continue;
      journal
        .append(at, { kind: 'quarantine', note })
        .catch((error: unknown) => log.error({ error }, 'not listed'));
    }
  };
}
