import type { ReactNode } from 'react';
import type { AlarmShape } from '@anmai/wire';
import { useNow } from '../shell/now';
import { chooseAlarm } from '../shell/route';
import { fullTime, shortTime } from '../text/format';
import { useWords } from '../text/language';
import { spanText } from '../text/words';
import { asideOf, isLatched } from './aside';

const TICK_MS = 10_000;

/** Why it does not call, until when; what it was found to be; since when nobody looks after it. */
export function LifeNotes({ alarm }: { readonly alarm: AlarmShape }) {
  const { t } = useWords();
  const now = useNow(TICK_MS);
  const { assessment, unattendedSince } = alarm;
  const expired = alarm.history.at(-1)?.change === 'shelveExpired' && alarm.closedAt === null;
  return (
    <>
      <AsideNote alarm={alarm} now={now} />
      {expired && (
        <Note kind="over">{t('life.expired', { time: shortTime(alarm.history.at(-1)!.at, now) })}</Note>
      )}
      {isLatched(alarm) && <Note kind="latched">{t('life.latched')}</Note>}
      {(unattendedSince ?? null) !== null && (
        <Note kind="unattended">{t('life.unattended', { time: shortTime(unattendedSince!, now) })}</Note>
      )}
      {(assessment ?? null) !== null && (
        <Note kind="assessed">
          <b>{t('life.assessed', { verdict: t(`verdict.${assessment!.verdict}`) })}</b>
          {assessment!.note !== null && <> {assessment!.note}</>}
          <span className="quiet num" title={fullTime(assessment!.at)}>
            {' '}
            {assessment!.by} · {shortTime(assessment!.at, now)}
          </span>
          {!assessment!.coversRise && <b> {t('life.roseSince')}</b>}
        </Note>
      )}
    </>
  );
}

function AsideNote({ alarm, now }: { readonly alarm: AlarmShape; readonly now: number }) {
  const words = useWords();
  const { t } = words;
  switch (asideOf(alarm)) {
    case 'shelved': {
      const step = alarm.history.findLast(item => item.change === 'shelved');
      const until = alarm.shelvedUntil!;
      const left = spanText(words, Math.max(0, Date.parse(until) - now));
      return (
        <Note kind="shelved">
          <b title={fullTime(until)}>{t('life.shelved', { time: shortTime(until, now), span: left })}</b>
          {step && (
            <span>
              {' '}
              {step.reason} <span className="quiet">{words.named('actor', step.actor)}</span>
            </span>
          )}
        </Note>
      );
    }
    case 'suppressed': {
      const { reason, causeId } = alarm.suppressedBy!;
      return (
        <Note kind="suppressed">
          <b>{t('life.suppressed')}</b> {reason}{' '}
          <button type="button" className="link" onClick={() => chooseAlarm(causeId)}>
            {t('life.openCause')}
          </button>
        </Note>
      );
    }
    case 'outOfService': {
      const { reason, until } = alarm.outOfService!;
      return (
        <Note kind="outOfService">
          <b title={fullTime(until)}>{t('life.outOfService', { time: shortTime(until, now) })}</b> {reason}
        </Note>
      );
    }
    case null:
      return null;
  }
}

function Note({ kind, children }: { readonly kind: string; readonly children: ReactNode }) {
  return (
    <p className="life-note" data-kind={kind} data-testid={`life-${kind}`}>
      {children}
    </p>
  );
}
