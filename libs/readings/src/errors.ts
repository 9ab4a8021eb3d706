import type { ErrorSpec } from '@anmai/kernel';

/** What every ReadingStore may reject with; an adapter adds a catalogue of its own for what only it can meet. */
export const READING_ERRORS = {
  unreachable: {
    code: 'RDG-001',
    status: 503,
    retryable: true,
    message: d => `reading store does not answer: ${d.reason}`,
    remedy: 'Start the store again or mend the way to it; readings wait in the journal until then.',
  },
  batchTooLarge: {
    code: 'RDG-002',
    status: 413,
    retryable: false,
    message: d => `${d.count} readings in one append, at most ${d.countMax}`,
    remedy: 'Append in smaller batches.',
  },
  badLimit: {
    code: 'RDG-003',
    status: 400,
    retryable: false,
    message: d => `limit is ${d.limit}, it must be a whole number from 1 to ${d.limitMax}`,
    remedy: 'Ask for fewer rows, and for the next ones from the last row on.',
  },
  badSpan: {
    code: 'RDG-004',
    status: 400,
    retryable: false,
    message: d => `[${d.from}, ${d.to}) is no stretch of time`,
    remedy: 'Give whole milliseconds, the start not after the end.',
  },
  tooManyBuckets: {
    code: 'RDG-005',
    status: 400,
    retryable: false,
    message: d => `the stretch holds ${d.count} buckets of ${d.widthMs} ms, at most ${d.countMax}`,
    remedy: 'Ask for a shorter stretch or a wider bucket.',
  },
  tooManySpans: {
    code: 'RDG-006',
    status: 400,
    retryable: false,
    message: d => `${d.count} spans in one roll-up, at most ${d.countMax}`,
    remedy: 'Merge neighbouring spans, or roll up in several calls.',
  },
  badRetention: {
    code: 'RDG-007',
    status: 400,
    retryable: false,
    message: d => `retention of ${d.which} is ${d.keepMs} ms: ${d.why}`,
    remedy: 'Keep each resolution at least one day, and a coarser one at least as long as a finer one.',
  },
  notOpen: {
    code: 'RDG-008',
    status: 503,
    retryable: true,
    message: () => 'reading store is not open',
    remedy: 'Wait until the program has started, or start it again; readings wait in the journal until then.',
  },
  busy: {
    code: 'RDG-009',
    status: 503,
    retryable: true,
    message: d => `${d.waiting} calls already wait for the reading store, at most ${d.waitingMax}`,
    remedy: 'Try again in a moment; if it stays so, the disk or the machine is too slow for the load.',
  },
} as const satisfies Record<string, ErrorSpec>;
