import { SEVERITIES } from '@anmai/catalog';
import fc from 'fast-check';
import type { LifeContext } from '../life/life';
import { DEFAULT_LIFE_SETTINGS } from '../life/settings';
import { VERDICTS } from '../life/shapes';
import type { Tracks } from '../life/life-of';
import { tracksOf } from './life-timeline';

const severity = fc.constantFrom(...SEVERITIES);
const change = fc.constantFrom(
  'escalated',
  'deescalated',
  'blinded',
  'restored',
  'cleared',
  'cleared',
  'raised',
);
const action = fc.oneof(
  fc.constantFrom(
    'ack',
    'ack',
    'ack',
    'ack@1',
    'unshelve',
    'confirm',
    'reset',
    'reset',
    'comment',
    'confirm@1',
  ),
  fc.nat(9_000).map(until => `shelve ${until}`),
  fc.nat(5).map(readings => `close ${readings}`),
  fc.constantFrom(...VERDICTS).map(verdict => `assess ${verdict}`),
);

/** Ways to an end that chance alone seldom finds. */
const phrase = fc.constantFrom(
  ['cleared', 'confirm', 'close 3'],
  ['ack', 'cleared', 'confirm', 'close 4'],
  ['ack', 'cleared', 'reset'],
  ['cleared', 'ack', 'reset', 'raised'],
);
const cells = fc.oneof(
  { arbitrary: fc.oneof(change, action).map(each => [each]), weight: 6 },
  { arbitrary: phrase, weight: 1 },
);

/** Both tracks of one alarm: any changes and any actions, sensible or not, within about three hours. */
export const lifeTracks: fc.Arbitrary<Tracks> = fc
  .tuple(severity, fc.array(fc.tuple(fc.nat(900), cells), { maxLength: 14 }))
  .map(([first, parts]) => {
    let second = 0;
    let rank = SEVERITIES.indexOf(first);
    const steps = parts.flatMap(([gap, whats]) => whats.map(what => [gap, what] as const));
    const rest = steps.map(([gap, what]) => {
      second += gap;
      if (what === 'escalated') rank = Math.min(rank + 1, SEVERITIES.length - 1);
      if (what === 'deescalated') rank = Math.max(rank - 1, 0);
      const isChange = what.endsWith('ed');
      return isChange ? `${second} ${what} ${SEVERITIES[rank]}` : `${second} ${what}`;
    });
    return tracksOf([`0 raised ${first}`, ...rest].join(', '));
  });

const span = fc.tuple(fc.nat(6_000), fc.integer({ min: 1, max: 3_000 }));

/** Latched or not, either way of closing, any causes and windows. */
export const lifeContext: fc.Arbitrary<LifeContext> = fc
  .record({
    latched: fc.boolean(),
    needs: fc.constantFrom('acknowledgement', 'confirmation'),
    causes: fc.array(fc.tuple(span, severity, fc.boolean()), { maxLength: 3 }),
    windows: fc.array(span, { maxLength: 3 }),
    shelved: fc.boolean(),
  })
  .map(({ latched, needs, causes, windows, shelved }) => ({
    latched,
    settingsAt: () => ({
      ...DEFAULT_LIFE_SETTINGS,
      closeNeeds: { blue: needs, yellow: needs, orange: needs, red: needs },
    }),
    suppressions: causes.map(([[from, length], severityMax, lasts], i) => ({
      ruleId: 'i1',
      causeId: `cause-${i}`,
      from: from * 1000,
      to: lasts ? null : (from + length) * 1000,
      severityMax,
      reason: 'cause',
    })),
    serviceSpells: windows.map(([from, length], i) => ({
      windowId: `w${i}`,
      from: from * 1000,
      to: (from + length) * 1000,
      reason: 'works',
    })),
    shelfBefore: shelved
      ? { since: -1, until: 700_000, severity: 'yellow', by: 'li', reason: 'noise' }
      : null,
  }));
