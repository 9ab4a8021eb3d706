import type { ExplainReply } from '@anmai/wire';
import { whyNotEarlier } from './why-not-earlier';

type Trace = NonNullable<ExplainReply['trace']>;
const MINUTE = 60_000;
/** One letter a minute: l learning, . within, m met, M met and on, x unusable. */
function traceOf(text: string): Trace {
  return {
    unit: 'm',
    limits: [{ severity: 'yellow', above: 1, clearBelow: 1, below: null, clearAbove: null }],
    rows: [...text].map((letter, i) => ({
      at: new Date(i * MINUTE).toISOString(),
      isReading: true,
      value: 1,
      quality: 1,
      derived: letter === 'l' ? null : 1,
      isLearning: letter === 'l',
      blind: letter === 'x',
      limits: [{ met: letter.toLowerCase() === 'm', pendingSince: null, on: letter === 'M' }],
    })),
    decimated: false,
    readings: text.length,
    raisedAt: null,
  };
}

it.each([
  ['it was within until it was met', '...M', 3, 'within 3, metAt 3'],
  ['it had to last', '..mmM', 4, 'within 2, metAt 2, held 2'],
  ['it learned', 'lllM', 3, 'learning 3, metAt 3'],
  ['it was met before, not for long enough', '.m..m..M', 7, 'earlier 1 x2, metAt 7'],
  ['an alarm before it is no failed run', '.M..M', 4, 'metAt 4'],
  ['readings could not be used', '..xxM', 4, 'blind x2, within 4, metAt 4'],
  ['what came after does not count', '.Mmmm', 1, 'within 1, metAt 1'],
  ['the replay never met it', '....', 3, ''],
])('%s', (_name, text, raised, expected) => {
  const reasons = whyNotEarlier(traceOf(text), raised * MINUTE, 'yellow').map(reason => {
    switch (reason.kind) {
      case 'learning':
      case 'within':
        return `${reason.kind} ${reason.until / MINUTE}`;
      case 'metAt':
        return `metAt ${reason.at / MINUTE}`;
      case 'held':
        return `held ${reason.lastedMs / MINUTE}`;
      case 'blind':
        return `blind x${reason.count}`;
      case 'earlier':
        return `earlier ${reason.at / MINUTE} x${reason.count}`;
    }
  });
  expect(reasons.join(', ')).toBe(expected);
});
