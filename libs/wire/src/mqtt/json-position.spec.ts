import fc from 'fast-check';
import { jsonFaultAt } from './json-position';

it.each<[string, number]>([
  ['', 0],
  ['{"a":1}', -1],
  [' [1, 2.5e-3, "\\u00e9", true, null, {}] ', -1],
  ['[1,]', 3],
  ['[1 2]', 3],
  ['{"a" 1}', 5],
  ['{a:1}', 1],
  ['{"a":1,}', 7],
  ['01', 1],
  ['-', 1],
  ['1.', 2],
  ['1e', 2],
  ['nul', 3],
  ['"a', 2],
  ['"\\x"', 2],
  ['"\\u12g4"', 5],
  ['"a\nb"', 2],
  ['[1}', 2],
  ['1 x', 2],
])('%s', (text, expected) => expect(jsonFaultAt(text)).toBe(expected));

it('agrees with JSON.parse on what is JSON', () => {
  const pieces = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"a"',
    '"\\n"',
    '1',
    '-0.5e+3',
    '01',
    'null',
    'tru',
    ' ',
  );
  const near = fc.array(pieces, { maxLength: 8 }).map(parts => parts.join(''));
  const valid = fc.json();
  fc.assert(
    fc.property(
      fc.oneof(
        near,
        valid,
        fc.tuple(valid, near).map(pair => pair.join('')),
      ),
      text => {
        let isJson = true;
        try {
          JSON.parse(text);
        } catch {
          isJson = false;
        }
        expect({ text, isJson: jsonFaultAt(text) < 0 }).toEqual({ text, isJson });
      },
    ),
    { numRuns: 2_000 },
  );
});
