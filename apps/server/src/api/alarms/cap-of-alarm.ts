import { invariant } from '@anmai/kernel';
import { LIFELINE_GROUPS } from '@anmai/catalog';
import { textOf, type TextStyle } from '@anmai/notify';
import type { ToldChange } from '@anmai/postgres';
import {
  capAlertOf,
  capArea,
  capIdentifier,
  type CapAlert,
  type CapBasis,
  type CapPhase,
  type CapReference,
} from '@anmai/wire';
import { noticeOfChange } from '../../notify/change-notice';

/** How far around an asset its alarm concerns people. Provisional: nobody in authority has set it yet. */
export const CAP_RADIUS_KM = 0.1;
/** Sender of a platform that has no name of its own yet; its messages are drafts, not to be acted on. */
export const NAMELESS_SENDER = 'anmai.invalid';
/** Who speaks. */
export const CAP_NAMES = { zh: '安脉城市生命线监测', en: 'Anmai lifeline monitoring' } as const;
/** CAP names each earlier message; after so many only the newest are named. */
export const REFERENCES_MAX = 100;

/**
 * The alarm as a CAP message: its first change is the Alert, each later one an Update that refers to all before it, its end a
 * Cancel. It follows from the changes alone, so the same message is the same whoever asks for it and when.
 */
export function capOfAlarm(
  changes: readonly ToldChange[],
  capSender: string | null,
  style: TextStyle,
): CapAlert {
  const last = changes[changes.length - 1];
  invariant(last !== undefined, 'an alarm without changes');
  const sender = capSender ?? NAMELESS_SENDER;
  const notice = noticeOfChange(last);
  const [zh, en] = [textOf(notice, 'zh', style), textOf(notice, 'en', style)];
  const { change } = last;
  const group = LIFELINE_GROUPS[notice.group];
  return capAlertOf({
    sender,
    senderName: CAP_NAMES,
    subjectId: change.alarmId,
    n: change.n,
    phase: phaseOf(change.kind),
    previous: changes
      .slice(0, -1)
      .slice(-REFERENCES_MAX)
      .map(each => referenceTo(each, sender)),
    status: capSender === null ? 'Draft' : 'Actual',
    sentAt: change.noticedAt,
    onsetAt: change.onsetAt,
    expiresAt: null,
    severity: change.severity,
    basis: basisOf(changes),
    group: notice.group,
    event: { zh: `${group.zh}:${notice.what.zh}`, en: `${group.en}: ${notice.what.en}` },
    headline: { zh: zh.title, en: en.title },
    description: { zh: zh.body, en: en.body },
    instruction: null,
    responses: ['Assess'],
    areas: [capArea(last.assetName, last.geometry, CAP_RADIUS_KM)],
    web: zh.link,
    parameters: [{ valueName: 'anmai:rule', value: `${change.ruleId}@${change.ruleVersion}` }],
  });
}

function phaseOf(kind: ToldChange['change']['kind']): CapPhase {
  if (kind === 'raised') return 'start';
  return kind === 'cleared' ? 'end' : 'update';
}

const referenceTo = ({ change }: ToldChange, sender: string): CapReference => ({
  sender,
  identifier: capIdentifier(sender, change.alarmId, change.n),
  sentAt: change.noticedAt,
});

function basisOf(changes: readonly ToldChange[]): CapBasis {
  const sight = changes.findLast(({ change }) => change.kind === 'blinded' || change.kind === 'restored');
  if (sight?.change.kind === 'blinded') return 'blind';
  const decided = changes.findLast(({ change }) => change.evidence.derived !== undefined);
  return decided?.change.evidence.derived?.['kind'] === 'forecast' ? 'forecast' : 'measured';
}
