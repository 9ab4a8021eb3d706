import { AppError } from '@anmai/kernel';
import { READING_ERRORS } from '@anmai/readings';
import { DUCKDB_ERRORS, isFatal, translate } from './errors';

it.each([
  ['IO Error: Could not set lock on file "x": Conflicting lock is held in node (PID 7)', 'DDB-001'],
  ['IO Error: The file "x" exists, but it is not a valid DuckDB database file!', 'DDB-002'],
  ['IO Error: Corrupt database file: computed checksum 1 does not match', 'DDB-002'],
  ['IO Error: Could not write all bytes to file "x": No space left on device', 'DDB-003'],
  ['IO Error: Trying to read a database file with version number 99, but we can only read 64', 'DDB-004'],
  ['IO Error: Cannot open file "x": Permission denied', 'DDB-005'],
  ['something new', 'RDG-001'],
])('reads %s', (message, code) => {
  expect(translate(new Error(message), 'x')).toMatchObject({ code, retryable: true });
});

it('leaves an AppError as it is', () => {
  const error = new AppError(READING_ERRORS.notOpen);
  expect(translate(error, 'x')).toBe(error);
});

it('knows when the instance is dead', () => {
  expect(isFatal(new Error('FATAL Error: Failed: database has been invalidated'))).toBe(true);
  expect(isFatal(new Error('Out of Memory Error: failed to allocate'))).toBe(false);
});

it('has unique codes, each with a remedy', () => {
  const specs = Object.values(DUCKDB_ERRORS);
  expect(new Set(specs.map(({ code }) => code)).size).toBe(specs.length);
  expect(specs.every(({ code, remedy }) => /^DDB-\d{3}$/.test(code) && remedy.length > 20)).toBe(true);
});
