import { Button } from 'antd';
import { lazy, Suspense, useMemo, useState } from 'react';
import type { AlarmShape, ExplainReply } from '@anmai/wire';
import { useLatest } from '../assets/latest';
import { chartOption } from '../chart/chart-option';
import { usePalette } from '../look/theme';
import { useExplanation } from '../rules/rule-data';
import { measureUnit } from '../rules/rule-words';
import { ProblemNote } from '../shell/notes';
import { useNow } from '../shell/now';
import { shortTime } from '../text/format';
import { useWords } from '../text/language';
import { spanText, type Words } from '../text/words';
import { derivedWords } from './derived-words';
import { explainPicture } from './explain-picture';
import { whyNotEarlier, type Reason } from './why-not-earlier';

const EChart = lazy(() => import('../chart/e-chart'));
const MINUTE_MS = 60_000;
type Trace = NonNullable<ExplainReply['trace']>;

/** What the rule saw, in words; and, when asked for, the rule run again: why it came, and why not earlier. */
export function ExplainSection({ alarm }: { readonly alarm: AlarmShape }) {
  const words = useWords();
  const { t } = words;
  const [isAsked, setAsked] = useState(false);
  const { sensor } = useLatest(alarm.sensorId);
  const query = useExplanation(alarm.id, isAsked);
  const condition = query.data?.rule.condition ?? null;
  const said = derivedWords(words, alarm.evidence.derived, sensor?.unit ?? '', condition);
  return (
    <section data-testid="explain">
      <h3>{t('explain.title')}</h3>
      {said !== null && <p data-testid="derived-words">{said}</p>}
      {!isAsked && (
        <Button size="small" data-testid="explain-show" onClick={() => setAsked(true)}>
          {t('explain.show')}
        </Button>
      )}
      {isAsked && query.isPending && <div className="explain-chart chart-box skeleton" />}
      {query.isError && <ProblemNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && <Explanation alarm={alarm} reply={query.data} />}
    </section>
  );
}

function Explanation({ alarm, reply }: { readonly alarm: AlarmShape; readonly reply: ExplainReply }) {
  const { t } = useWords();
  const { trace, reason } = reply;
  if (trace === null) {
    const text =
      reason === 'composite' ? t('explain.composite') : t('explain.unusable', { why: reason ?? '' });
    return <p className="blind-note">{text}</p>;
  }
  return <Traced alarm={alarm} reply={reply} trace={trace} />;
}

interface TracedProps {
  readonly alarm: AlarmShape;
  readonly reply: ExplainReply;
  readonly trace: Trace;
}

function Traced({ alarm, reply, trace }: TracedProps) {
  const words = useWords();
  const { t } = words;
  const palette = usePalette();
  const now = useNow(MINUTE_MS);
  const raisedAt = Date.parse(alarm.raisedAt);
  const unit = measureUnit(words, trace.unit);
  const option = useMemo(() => {
    const shown = { onset: t('detail.raised'), doubtful: t('chart.doubtful') };
    const picture = explainPicture(reply, trace, raisedAt);
    const severity = (limit: (typeof picture.limits)[number]): string => t(`severity.${limit.severity}`);
    return chartOption({ ...picture, unit, words: { ...shown, severity } }, palette);
  }, [reply, trace, raisedAt, unit, palette, t]);
  const reasons = whyNotEarlier(trace, raisedAt, firstSeverity(alarm, trace));
  return (
    <>
      <Suspense fallback={<div className="explain-chart chart-box skeleton" />}>
        <EChart testId="explain-chart" className="explain-chart" option={option} count={trace.rows.length} />
      </Suspense>
      <ul className="explain-steps">
        {reasons.map(reason => (
          <li key={reason.kind} data-reason={reason.kind}>
            {reasonText(words, reason, now)}
          </li>
        ))}
      </ul>
      <Agreement trace={trace} raisedAt={raisedAt} />
      <p className="quiet">
        {t('explain.leadIn', { span: spanText(words, reply.leadInSeconds * 1_000) })}{' '}
        {reply.truncated && t('explain.truncated')} {trace.decimated && t('explain.decimated')}
      </p>
    </>
  );
}

/** The alarm began with the mildest limit, whatever it has risen to since. */
const firstSeverity = (alarm: AlarmShape, trace: Trace): AlarmShape['severity'] =>
  trace.limits[0]?.severity ?? alarm.severity;

/** A replay that tells otherwise than the monitor did has to say so. */
function Agreement({ trace, raisedAt }: { readonly trace: Trace; readonly raisedAt: number }) {
  const { t } = useWords();
  const now = useNow(MINUTE_MS);
  if (trace.raisedAt === null) return <p className="blind-note">{t('explain.none')}</p>;
  if (Date.parse(trace.raisedAt) === raisedAt) return null;
  return <p className="blind-note">{t('explain.differs', { time: shortTime(trace.raisedAt, now) })}</p>;
}

function reasonText(words: Words, reason: Reason, now: number): string {
  const { t } = words;
  switch (reason.kind) {
    case 'learning':
      return t('explain.learning', { time: shortTime(reason.until, now) });
    case 'within':
      return t('explain.within', { time: shortTime(reason.until, now) });
    case 'earlier':
      return t('explain.earlier', { time: shortTime(reason.at, now), n: reason.count });
    case 'blind':
      return t('explain.blind', { n: reason.count });
    case 'metAt':
      return t('explain.metAt', { time: shortTime(reason.at, now) });
    case 'held':
      return t('explain.held', { span: spanText(words, reason.lastedMs) });
  }
}
