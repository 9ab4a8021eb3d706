import { asDraft, filled, harmless, PASSED } from '../testing/filled';
import type { Answers, AnswerValue } from './answer';
import { assess, suggestResult, understates } from './assess';
import { answerFaults } from './check-answers';
import { itemsOf, STRUCTURE_FAMILIES, type CheckupForm } from './form';
import { askedItems, isShown, lookupIn } from './form-logic';
import { CHECKUP_FORMS } from './forms';
import { answersOf, conflictsOf } from './merge';
import { isAdverse, resultWords, type AppraisalGrade, type CheckupResult } from './scale';
import { rowTrends } from './trend';

const FORM = CHECKUP_FORMS.masonry;
const choice = (...codes: string[]): AnswerValue => ({ kind: 'choice', codes });
const measure = (value: number): AnswerValue => ({ kind: 'measure', value });
const cannot: AnswerValue = { kind: 'cannot', reason: '住户不在家' };
const levels = (form: CheckupForm, answers: Answers, last: Answers | null = null): string =>
  assess(form, answers, last)
    .findings.map(each => `${each.path} ${each.level}`)
    .join(', ');

describe.each(STRUCTURE_FAMILIES)('the form for %s', family => {
  const form = CHECKUP_FORMS[family];
  it('can be filled in without a finding, and has the four sections', () => {
    expect(form.sections.map(section => section.id)).toEqual([
      'ground',
      'superstructure',
      'envelope',
      'services',
    ]);
    const answers = filled(form);
    expect(answerFaults(form, answers)).toEqual([]);
    expect(assess(form, answers, null)).toEqual({ findings: [], level: 0, raisedBy: null, unjudged: [] });
  });
  it('has ids that are unique where they stand, and conditions that name items', () => {
    const keys = [...itemsOf(form)].map(({ group, item }) => `${group?.id ?? ''}/${item.id}`);
    expect(new Set(keys).size).toBe(keys.length);
    for (const { group, item } of itemsOf(form)) {
      const names = JSON.stringify([item.showIf, 'limits' in item ? item.limits : []]).matchAll(
        /"item":"([^"]+)"/g,
      );
      for (const [, name] of names)
        expect(keys.includes(`${group?.id ?? ''}/${name}`) || keys.includes(`/${name}`)).toBe(true);
    }
  });
  it('says of each limit where it comes from', () => {
    for (const { item } of itemsOf(form))
      if (item.kind === 'measure')
        for (const limit of item.limits) expect(limit.mark.source.length).toBeGreaterThan(10);
  });
});

describe('limits', () => {
  const crack = (width: number, member: string, direction: string) =>
    ({
      'cracks/c1': { kind: 'row', present: true },
      'cracks/c1/member': choice(member),
      'cracks/c1/direction': choice(direction),
      'cracks/c1/width': measure(width),
    }) as const;
  it.each<[string, CheckupForm, Answers, string]>([
    ['tilt of six storeys at the limit', FORM, { storeys: measure(6), 'ground.tilt': measure(2) }, ''],
    ['tilt of six storeys above it', FORM, { storeys: measure(6), 'ground.tilt': measure(2.01) }, 'ground.tilt 2'],
    ['tilt of two storeys between both limits', FORM, { storeys: measure(2), 'ground.tilt': measure(2.5) }, ''],
    ['tilt of two storeys above the other', FORM, { storeys: measure(2), 'ground.tilt': measure(3.01) }, 'ground.tilt 2'],
    ['tilt of three storeys', FORM, { storeys: measure(3), 'ground.tilt': measure(2.5) }, 'ground.tilt 2'],
    ['settlement at 4 mm a month', FORM, { 'ground.settlementRate': measure(4) }, ''],
    ['settlement above', FORM, { 'ground.settlementRate': measure(4.1) }, 'ground.settlementRate 2'],
    ['vertical crack of 1.0 mm in a wall', FORM, crack(1, 'wall', 'vertical'), ''],
    ['vertical crack above 1.0 mm in a wall', FORM, crack(1.05, 'wall', 'vertical'), 'cracks/c1/width 2'],
    ['diagonal crack: another matter', FORM, crack(1.05, 'wall', 'diagonal'), ''],
    ['concrete beam above 0.5 mm', CHECKUP_FORMS.concrete, crack(0.55, 'beam', 'vertical'), 'cracks/c1/width 2'],
    ['concrete slab up to 1.0 mm', CHECKUP_FORMS.concrete, crack(0.55, 'slab', 'vertical'), ''],
    ['concrete slab above', CHECKUP_FORMS.concrete, crack(1.1, 'slab', 'vertical'), 'cracks/c1/width 2'],
    ['any crack in steel', CHECKUP_FORMS.steel, crack(0.1, 'node', 'vertical'), 'cracks/c1/width 2'],
    ['weathering of 15 %', FORM, { 'masonry.sectionLoss': measure(15) }, ''],
    ['weathering above', FORM, { 'masonry.sectionLoss': measure(16) }, 'masonry.sectionLoss 2'],
    ['short seats of precast slabs', CHECKUP_FORMS.brickPrefab, { 'prefab.seatShortage': measure(31) }, 'prefab.seatShortage 2'],
  ])('%s', (_name, form, answers, expected) => expect(levels(form, answers)).toBe(expected)); // prettier-ignore
});

describe('counting', () => {
  const rows = (count: number) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, i) => [
        [`members/m${i}`, { kind: 'row', present: true } as const],
        [`members/m${i}/state`, choice('weathered')],
      ]).flat() as [string, AnswerValue][],
    );
  it.each<[string, Answers, number, string | null]>([
    ['nothing', {}, 0, null],
    ['two kinds', { 'masonry.walls': choice('slight'), 'envelope.roof': choice('slight') }, 1, null],
    ['three kinds', { 'masonry.walls': choice('slight'), 'envelope.roof': choice('slight'), 'services.water': choice('slight') }, 2, 'kinds'],
    ['the same at two places', rows(2), 1, null],
    ['the same at three places', rows(3), 2, 'places'],
    ['a serious one is serious by itself', { 'masonry.walls': choice('serious') }, 2, null],
    ['a row that was taken out again does not count', { ...rows(3), 'members/m0': { kind: 'row', present: false } }, 1, null],
  ])('%s', (_name, answers, level, raisedBy) => {
    expect(assess(FORM, answers, null)).toMatchObject({ level, raisedBy });
  }); // prettier-ignore
});

describe('what cannot be judged', () => {
  const answers = filled(FORM, { 'masonry.walls': cannot });
  it('is an answer, a note among the findings, and no "passed"', () => {
    expect(answerFaults(FORM, answers)).toEqual([]);
    const assessment = assess(FORM, answers, null);
    expect(assessment).toMatchObject({ level: 0, unjudged: ['masonry.walls'] });
    expect(assessment.findings).toMatchObject([{ path: 'masonry.walls', why: 'cannot', level: 0 }]);
    expect(suggestResult('checkup-pass', assessment)).toBeNull();
    expect(understates(PASSED, assessment)).toBe('unjudged');
    expect(understates({ scale: 'checkup-pass', value: 'basicPass' }, assessment)).toBeNull();
  });
  it.each<[string, CheckupResult, 0 | 1 | 2, readonly string[], string | null]>([
    ['nothing found, all judged', PASSED, 0, [], null],
    ['something found', PASSED, 1, [], 'findings'],
    ['something not judged', PASSED, 0, ['masonry.walls'], 'unjudged'],
    ['both: no note makes it "passed"', PASSED, 1, ['masonry.walls'], 'unjudged'],
    ['both, something serious', PASSED, 2, ['masonry.walls'], 'unjudged'],
    ['both, and it says less than was found', { scale: 'checkup-pass', value: 'basicPass' }, 2, ['masonry.walls'], 'findings'],
  ])('understates: %s', (_name, result, level, unjudged, expected) => {
    expect(understates(result, { findings: [], raisedBy: null, level, unjudged })).toBe(expected);
  }); // prettier-ignore
  it('needs a reason', () => {
    const silent = { ...answers, 'masonry.walls': { kind: 'cannot', reason: ' ' } } as const;
    expect(answerFaults(FORM, silent)).toEqual([{ path: 'masonry.walls', why: 'reasonMissing' }]);
  });
});

describe('faults of answers', () => {
  it.each<[string, Answers, string]>([
    ['nothing filled in', {}, 'storeys missing'],
    ['an option that is none', filled(FORM, { 'masonry.walls': choice('purple') }), 'masonry.walls unknownOption'],
    ['two options where one goes', filled(FORM, { 'masonry.walls': choice('none', 'slight') }), 'masonry.walls oneOption'],
    ['a number for a choice', filled(FORM, { 'masonry.walls': measure(1) }), 'masonry.walls wrongKind'],
    ['a number beyond sense', filled(FORM, { 'ground.tilt': measure(31) }), 'ground.tilt outOfRange'],
    ['an item of another form', filled(FORM, { 'steel.members': choice('none') }), 'steel.members unknownItem'],
    ['too few photos', filled(FORM, { 'ground.photos': { kind: 'photos', ids: [] } }), 'ground.photos photosMissing'],
    ['photos asked for by an answer', { ...filled(FORM), 'envelope.roof': choice('slight') }, 'envelope.photos photosMissing'],
    ['a crack without its width', { ...filled(FORM), 'cracks/c1': { kind: 'row', present: true } }, 'cracks/c1/member missing'],
    ['a result that is a text', { ...filled(FORM), conclusion: { kind: 'text', text: '好' } }, 'conclusion wrongKind'],
  ])('%s', (_name, answers, first) => {
    expect(answerFaults(FORM, answers).map(each => `${each.path} ${each.why}`)).toContain(first);
  }); // prettier-ignore
});

describe('skip logic', () => {
  const lookup = lookupIn({ a: choice('x'), n: measure(3), u: cannot });
  it.each([
    [{ item: 'a', is: ['x', 'y'] }, true],
    [{ item: 'a', is: ['y'] }, false],
    [{ item: 'n', above: 2 }, true],
    [{ item: 'n', above: 3 }, false],
    [{ item: 'missing', is: ['x'] }, false],
    [{ item: 'u', is: ['x'] }, false],
    [{ not: { item: 'u', is: ['x'] } }, true],
    [
      {
        all: [
          { item: 'a', is: ['x'] },
          { item: 'n', above: 9 },
        ],
      },
      false,
    ],
    [
      {
        any: [
          { item: 'a', is: ['x'] },
          { item: 'n', above: 9 },
        ],
      },
      true,
    ],
    [{ all: [] }, true],
    [{ any: [] }, false],
  ])('%j is %s', (condition, expected) => expect(isShown(condition, lookup)).toBe(expected));

  it('asks for photos of the envelope only where something is wrong with it', () => {
    const asked = (answers: Answers): boolean =>
      askedItems(FORM, answers).some(each => each.path === 'envelope.photos');
    expect(asked({ 'envelope.roof': choice('none') })).toBe(false);
    expect(asked({ 'envelope.roof': choice('slight') })).toBe(true);
  });
});

describe('trend against the last time', () => {
  const cracks = FORM.sections[1]!.entries.find(entry => entry.kind === 'group' && entry.id === 'cracks');
  const at = (rows: Readonly<Record<string, number | null>>): Answers =>
    Object.fromEntries(
      Object.entries(rows).flatMap(([id, width]): [string, AnswerValue][] => [
        [`cracks/${id}`, { kind: 'row', present: true }],
        [`cracks/${id}/width`, width === null ? cannot : measure(width)],
      ]),
    );
  it.each<[string, Answers, Answers | null, string]>([
    ['no last time: nothing is new', at({ c1: 0.3 }), null, ''],
    ['the same within the reading of the gauge', at({ c1: 0.4 }), at({ c1: 0.3 }), 'c1 stable'],
    ['grown', at({ c1: 0.41 }), at({ c1: 0.3 }), 'c1 grown'],
    ['smaller: mended, or measured elsewhere', at({ c1: 0.1 }), at({ c1: 0.3 }), 'c1 smaller'],
    ['new', at({ c1: 0.3, c2: 0.2 }), at({ c1: 0.3 }), 'c1 stable, c2 new'],
    ['not found again', at({}), at({ c1: 0.3 }), 'c1 notFound'],
    ['not measured this time: unknown, not stable', at({ c1: null }), at({ c1: 0.3 }), 'c1 unknown'],
    ['not measured last time', at({ c1: 0.3 }), at({ c1: null }), 'c1 unknown'],
  ])('%s', (_name, now, last, expected) => {
    if (cracks?.kind !== 'group') throw new Error('no cracks');
    expect(rowTrends(cracks, now, last).map(row => `${row.rowId} ${row.change}`).join(', ')).toBe(expected);
    const grown = assess(FORM, now, last).findings.filter(each => each.why === 'growth');
    expect(grown.length).toBe(expected.includes('grown') ? 1 : 0);
  }); // prettier-ignore
});

describe('results on their own scales', () => {
  it.each<[CheckupResult, boolean, string]>([
    [{ scale: 'checkup-pass', value: 'pass' }, false, '通过'],
    [{ scale: 'checkup-pass', value: 'basicPass' }, false, '基本通过'],
    [{ scale: 'checkup-pass', value: 'fail' }, true, '不通过'],
    [{ scale: 'checkup-degradation', degraded: false, appraisalNeeded: false }, false, '结构状态未见降低，无需结构安全性鉴定'],
    [{ scale: 'checkup-degradation', degraded: true, appraisalNeeded: true }, true, '结构状态有所降低，需启动结构安全性鉴定'],
  ])('%j', (result, adverse, words) => {
    expect([isAdverse(result), resultWords(result).zh]).toEqual([adverse, words]);
  }); // prettier-ignore

  it('a grade of an appraisal is no result of a check-up', () => {
    const grade: AppraisalGrade = { scale: 'jgj125', value: 'C' };
    // @ts-expect-error: the scales are types of their own, and nothing turns one into another.
    const result: CheckupResult = grade;
    expect(result).toBe(grade);
  });

  it.each([
    [{}, 'checkup-pass', { scale: 'checkup-pass', value: 'pass' }],
    [{ 'masonry.walls': choice('slight') }, 'checkup-pass', { scale: 'checkup-pass', value: 'basicPass' }],
    [{ 'masonry.walls': choice('serious') }, 'checkup-pass', { scale: 'checkup-pass', value: 'fail' }],
    [{ 'masonry.walls': choice('serious'), 'masonry.joints': cannot }, 'checkup-pass', { scale: 'checkup-pass', value: 'fail' }],
    [{ 'masonry.walls': choice('serious') }, 'checkup-degradation', { scale: 'checkup-degradation', degraded: true, appraisalNeeded: true }],
    [{}, 'checkup-degradation', { scale: 'checkup-degradation', degraded: false, appraisalNeeded: false }],
  ] as const)('findings %j on %s suggest %j', (given, scale, expected) => {
    expect(suggestResult(scale, assess(FORM, filled(FORM, given), null))).toEqual(expected);
  }); // prettier-ignore
});

it('what a phone wrote is what was answered', () => {
  const answers = filled(FORM, { 'masonry.walls': choice('slight') });
  const draft = asDraft(answers, { deviceId: 'p1', by: 'ina', at: 1 });
  expect(answersOf(draft)).toEqual(answers);
  expect(conflictsOf(draft)).toEqual([]);
  expect(
    harmless({ kind: 'text', id: 't', name: { zh: '', en: '' }, required: true, charsMax: 9 }).kind,
  ).toBe('text');
});
