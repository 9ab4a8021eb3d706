import type { AlarmChange, ChangeKind } from '@anmai/alarms';
import type { LifelineGroup } from '@anmai/catalog';
import type { Notice, NoticeKind, NoticeLimit, Words } from './notice';

/** What the registry knows and a change does not say. */
export interface AlarmFacts {
  readonly assetName: string;
  readonly orgPath: readonly string[];
  readonly group: LifelineGroup;
  readonly what: Words;
  readonly unit: string;
}

const KINDS: Readonly<Record<ChangeKind, NoticeKind>> = {
  raised: 'start',
  escalated: 'worse',
  deescalated: 'milder',
  blinded: 'blind',
  restored: 'restored',
  cleared: 'end',
};

/** The notice of an alarm's change; its id is the id of the change. */
export function noticeOfAlarm(change: AlarmChange, facts: AlarmFacts): Notice {
  const { limit, readings } = change.evidence;
  return {
    changeId: change.id,
    subjectKind: 'alarm',
    subjectId: change.alarmId,
    kind: KINDS[change.kind],
    at: change.at,
    since: change.onsetAt,
    severity: change.severity,
    group: facts.group,
    what: facts.what,
    where: facts.assetName,
    orgPath: facts.orgPath,
    // The newest reading decided; a blind one has no value, and then an older one would be stale news.
    value: readings.at(-1)?.value ?? null,
    unit: typeof limit['unit'] === 'string' ? limit['unit'] : facts.unit,
    limit: limitOf(limit),
    alarmCount: null,
    rule: { id: change.ruleId, version: change.ruleVersion },
  };
}

function limitOf(limit: AlarmChange['evidence']['limit']): NoticeLimit | null {
  if (typeof limit['above'] === 'number') return { side: 'above', value: limit['above'] };
  if (typeof limit['below'] === 'number') return { side: 'below', value: limit['below'] };
  return null;
}
