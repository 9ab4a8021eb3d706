import fc from 'fast-check';
import type { Severity } from '@anmai/catalog';
import type { IncidentStep } from './disposal-step';
import type { IncidentChange, IncidentSummary } from './incident-change';
import type { Box } from './place';
import { warningTrack, type WarningMessage, type WarningSource } from './warning-track';

const HERE: Box = [114.3, 34.8, 114.3, 34.8];
const NEAR: Box = [114.3, 34.8, 114.3004, 34.8];
const FAR: Box = [114.3, 34.8, 114.4, 34.9];

type Line = { readonly at: number } & (
  | { readonly is: Severity; readonly box?: Box; readonly kind?: IncidentChange['kind']; readonly other?: string }
  | { readonly warn: Severity; readonly text?: string }
  | { readonly release: string }
); // prettier-ignore

/** Both tracks of an incident from one list, in order. */
function source(incidentId: string, ...lines: readonly Line[]): WarningSource {
  const changes: IncidentChange[] = [];
  const steps: IncidentStep[] = [];
  for (const [i, line] of lines.entries()) {
    const base = { id: `${incidentId}/${i}`, incidentId, actor: 'otto', at: line.at };
    if ('warn' in line) {
      const payload = { severity: line.warn, audience: [], text: line.text ?? 'leave', reason: null };
      steps.push({ ...base, kind: 'warned', payload });
    } else if ('release' in line) {
      steps.push({ ...base, kind: 'released', payload: { note: line.release, seenN: 99 } });
    } else {
      const { is: severity, box = HERE, kind = 'joined', other = null } = line;
      const summary: IncidentSummary = {
        ...{ severity, peak: severity, condition: 'active', box, population: null },
        ...{ alarmCount: i + 1, openCount: 1, blindCount: 0, assetCount: i + 1 },
      };
      const what = { kind, summary, otherId: other, cause: null, alarmId: null };
      changes.push({ ...base, n: i + 1, noticedAt: line.at, familyId: 'gas', isCatchAll: false, ...what });
    }
  }
  return { changes, steps };
}

const shown = ({ n, phase, severity, previous }: WarningMessage): string =>
  `${n} ${phase} ${severity}${previous.length === 0 ? '' : ` after ${previous.map(each => `${each.incidentId}.${each.n}`).join(' ')}`}`;
const chain = (...lines: readonly Line[]): string[] =>
  warningTrack('a', new Map([['a', source('a', ...lines)]])).map(shown);

const START: readonly Line[] = [
  { at: 1, is: 'orange' },
  { at: 2, warn: 'orange' },
];
it.each<[string, readonly Line[], readonly string[]]>([
  ['no message without a warning', [{ at: 1, is: 'red' }, { at: 2, release: '' }], []],
  ['the warning is the start', START, ['1 start orange']],
  ['another warning is an update', [...START, { at: 3, warn: 'yellow' }], ['1 start orange', '2 update yellow after a.1']],
  ['so is a higher severity', [...START, { at: 3, is: 'red' }], ['1 start orange', '2 update red after a.1']],
  ['told once', [...START, { at: 3, is: 'red' }, { at: 4, is: 'orange' }, { at: 5, is: 'red' }], ['1 start orange', '2 update red after a.1']],
  ['a milder incident lowers nothing', [...START, { at: 3, is: 'blue' }], ['1 start orange']],
  ['a level that a person chose below the incident stays', [{ at: 1, is: 'red' }, { at: 2, warn: 'yellow' }, { at: 3, is: 'red' }], ['1 start yellow']],
  ['a neighbour within the area told is no news', [...START, { at: 3, is: 'orange', box: NEAR }], ['1 start orange']],
  ['one beyond it is', [...START, { at: 3, is: 'orange', box: FAR }], ['1 start orange', '2 update orange after a.1']],
  ['the release is the end, and names all', [...START, { at: 3, is: 'red' }, { at: 4, release: 'mended' }], ['1 start orange', '2 update red after a.1', '3 end red after a.1 a.2']],
  ['nothing after it', [...START, { at: 3, release: '' }, { at: 4, is: 'red', box: FAR }], ['1 start orange', '2 end orange after a.1']],
  ['a warning after it begins anew', [...START, { at: 3, release: '' }, { at: 4, is: 'red' }, { at: 5, warn: 'red' }], ['1 start orange', '2 end orange after a.1', '3 start red']],
])('%s', (_name, lines, expected) => expect(chain(...lines)).toEqual(expected)); // prettier-ignore

it('the texts are those of people', () => {
  const lines: readonly Line[] = [...START, { at: 3, is: 'red' }, { at: 4, warn: 'red', text: 'run' }, { at: 5, release: 'mended' }];
  const track = warningTrack('a', new Map([['a', source('a', ...lines)]]));
  expect(track.map(each => each.text)).toEqual(['leave', 'leave', 'run', 'mended']);
}); // prettier-ignore

it('a warning goes on in the incident that takes its incident in', () => {
  const into = source('a', { at: 1, is: 'yellow' }, { at: 4, is: 'orange', kind: 'absorbed', other: 'b', box: FAR }, { at: 5, release: '' });
  const from = source('b', { at: 2, is: 'orange' }, { at: 3, warn: 'orange' }, { at: 4, is: 'orange', kind: 'merged', other: 'a' });
  const sources = new Map([['a', into], ['b', from]]);
  expect(warningTrack('a', sources).map(shown)).toEqual(['1 update orange after b.1', '2 end orange after b.1 a.1']);
  expect(warningTrack('b', sources).map(shown)).toEqual(['1 start orange']);
}); // prettier-ignore

it('a chain is well formed, and what was said is never said otherwise later', () => {
  const severity = fc.constantFrom<Severity>('blue', 'yellow', 'orange', 'red');
  const line = fc.oneof(
    fc.record({ is: severity, box: fc.constantFrom(HERE, NEAR, FAR) }),
    fc.record({ warn: severity }),
    fc.record({ release: fc.constant('') }),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 30 }), lines => {
      const all = lines.map((each, i): Line => ({ at: i, ...each }));
      const messages = warningTrack('a', new Map([['a', source('a', ...all)]]));
      let inForce: number[] = [];
      for (const [i, { n, phase, previous }] of messages.entries()) {
        expect(n).toBe(i + 1);
        expect(phase === 'start').toBe(inForce.length === 0);
        expect(previous.map(each => each.n)).toEqual(inForce);
        inForce = phase === 'end' ? [] : [...inForce, n];
      }
      const half = all.slice(0, Math.floor(all.length / 2));
      const before = warningTrack('a', new Map([['a', source('a', ...half)]]));
      expect(messages.slice(0, before.length)).toEqual(before);
    }),
  );
});
