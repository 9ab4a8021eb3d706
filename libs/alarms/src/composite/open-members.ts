import type { Book } from '../book';
import type { SensorState } from '../sensor-state';
import type { Member } from './composite-rule';

/** Every open alarm of the sensors, as it stands. */
export function* openMembers(sensors: Iterable<SensorState>): Iterable<Member> {
  for (const { books, silenceBooks } of sensors) {
    for (const book of books) if (book.open !== null) yield memberOf(book.open);
    for (const book of silenceBooks) if (book.open !== null) yield memberOf(book.open);
  }
}

function memberOf({ id, rank, blind, changes }: NonNullable<Book['open']>): Member {
  const { ruleId, sensorId, assetId, at } = changes[0]!;
  return { alarmId: id, ruleId, sensorId, assetId, at, rank, blind };
}
