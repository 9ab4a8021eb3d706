import type { Answers, AnswerValue, FieldPath } from './answer';
import type { CheckupForm, FindingLevel, FormItem, ItemLimit, SectionId } from './form';
import { askedItems, isShown, lookupIn, type AskedItem } from './form-logic';
import type { Mark } from './mark';
import type { CheckupResult, CheckupScale } from './scale';
import { growthFindings } from './trend';

/** What one answer says of the building. */
export interface Finding {
  readonly path: FieldPath;
  readonly section: SectionId;
  /** `item`, or `group/item`. */
  readonly itemId: string;
  /** Row of a group: the place. */
  readonly rowId: string | null;
  readonly level: FindingLevel;
  readonly why: 'choice' | 'limit' | 'growth' | 'cannot';
  /** Options chosen. */
  readonly codes: readonly string[];
  readonly value: number | null;
  readonly limit: number | null;
  readonly mark: Mark | null;
}

export interface Assessment {
  /** In the order of the form; only what is of level 1 and up, or could not be judged. */
  readonly findings: readonly Finding[];
  /** The worst of them, raised by the counting rule. */
  readonly level: FindingLevel;
  /** Why the counting rule raised it; null: it did not. */
  readonly raisedBy: 'kinds' | 'places' | null;
  /** Required things that could not be judged: without them nothing may read as "passed". */
  readonly unjudged: readonly FieldPath[];
}

/** What the answers say, given those of the last check-up (null: there was none). */
export function assess(form: CheckupForm, answers: Answers, last: Answers | null): Assessment {
  const asked = askedItems(form, answers);
  const findings = asked.flatMap(each => findingsOf(each, answers));
  findings.push(...growthFindings(form, answers, last));
  const unjudged = asked
    .filter(({ path, item }) => item.required && answers[path]?.kind === 'cannot')
    .map(each => each.path);
  const worst = findings.reduce<FindingLevel>((level, each) => (each.level > level ? each.level : level), 0);
  const raisedBy = worst === 1 ? raised(form, findings) : null;
  return { findings, level: raisedBy === null ? worst : 2, raisedBy, unjudged };
}

function findingsOf({ path, section, group, rowId, item }: AskedItem, answers: Answers): Finding[] {
  const answer = answers[path];
  if (answer === undefined) return [];
  const itemId = group === null ? item.id : `${group.id}/${item.id}`;
  const base = { path, section, itemId, rowId, codes: [], value: null, limit: null, mark: null };
  if (answer.kind === 'cannot') return [{ ...base, level: 0, why: 'cannot' }];
  const choice = choiceLevel(item, answer);
  if (choice !== null)
    return [{ ...base, level: choice.level, why: 'choice', codes: choice.codes, mark: choice.mark }];
  if (item.kind !== 'measure' || answer.kind !== 'measure') return [];
  const lookup = lookupIn(answers, group, rowId ?? '');
  const worst = item.limits
    .filter(limit => isOver(limit, answer.value) && isShown(limit.onlyIf, lookup))
    .sort((a, b) => b.level - a.level || b.value - a.value)[0];
  if (worst === undefined) return [];
  const { level, value: limit, mark } = worst;
  return [{ ...base, level, why: 'limit', value: answer.value, limit, mark }];
}

function choiceLevel(
  item: FormItem,
  answer: AnswerValue,
): { level: 1 | 2; codes: readonly string[]; mark: Mark | null } | null {
  if (item.kind !== 'choice' || answer.kind !== 'choice') return null;
  const chosen = item.options.filter(option => answer.codes.includes(option.code) && option.level > 0);
  if (chosen.length === 0) return null;
  const level = chosen.some(option => option.level === 2) ? 2 : 1;
  return { level, codes: chosen.map(option => option.code), mark: item.mark ?? null };
}

const isOver = ({ op, value }: ItemLimit, measured: number): boolean =>
  op === '>' ? measured > value : measured >= value;

/** 三种及以上, or the same kind at three places and more. A kind is an item; a place is a row, or the item itself. */
function raised({ counting }: CheckupForm, findings: readonly Finding[]): 'kinds' | 'places' | null {
  const places = new Map<string, Set<string>>();
  for (const { itemId, why, rowId, level } of findings) {
    if (level !== 1) continue;
    const kind = `${itemId} ${why}`;
    places.set(kind, (places.get(kind) ?? new Set<string>()).add(rowId ?? ''));
  }
  if (places.size >= counting.kindsMin) return 'kinds';
  return [...places.values()].some(each => each.size >= counting.placesMin) ? 'places' : null;
}

/**
 * What the findings suggest on the scale of the rule set; the inspectors decide. null: something required could not be
 * judged and nothing serious was found, so nothing is suggested.
 */
export function suggestResult(
  scale: CheckupScale,
  { level, unjudged, findings }: Assessment,
): CheckupResult | null {
  if (level < 2 && unjudged.length > 0) return null;
  if (scale === 'checkup-degradation') {
    const hasGrown = findings.some(each => each.why === 'growth');
    return { scale, degraded: hasGrown || level > 0, appraisalNeeded: level === 2 };
  }
  return { scale, value: level === 2 ? 'fail' : level === 1 ? 'basicPass' : 'pass' };
}

/** A result that says less than the findings do, or that says "passed" over what could not be judged. */
export function understates(
  result: CheckupResult,
  { level, unjudged }: Assessment,
): 'findings' | 'unjudged' | null {
  const says =
    result.scale === 'checkup-pass'
      ? { pass: 0, basicPass: 1, fail: 2 }[result.value]
      : result.appraisalNeeded
        ? 2
        : result.degraded
          ? 1
          : 0;
  // First: a note may answer for findings, but for nothing that nobody saw.
  if (says === 0 && unjudged.length > 0) return 'unjudged';
  return says < level ? 'findings' : null;
}
