import type { IncidentDetailShape, ReviewShape } from '@anmai/wire';
import { useNow } from '../shell/now';
import { fullTime, shortTime } from '../text/format';
import { useWords } from '../text/language';
import { spanText, type Words } from '../text/words';
import { timersInOrder, timerText, urgencyOf } from './incident-text';
import { useTimerNow } from './use-timer-now';

const AGE_MS = 5_000;

interface Props {
  readonly incident: IncidentDetailShape;
}

/** What is expected by when, and to whom it has gone when it is late. */
export function Timers({ incident }: Props) {
  const words = useWords();
  const now = useTimerNow(incident.timers);
  if (incident.timers.length === 0) return null;
  return (
    <section>
      <h3>{words.t('incident.timers')}</h3>
      <ul>
        {timersInOrder(incident).map(timer => {
          const urgency = urgencyOf(timer, now);
          return (
            <li
              key={`${timer.kind} ${timer.taskId}`}
              className={`${urgency} num`}
              data-urgency={urgency}
              title={fullTime(timer.dueAt)}
            >
              {timerText(words, timer, now)}
              {timer.taskId !== null && <span className="quiet"> {taskName(incident, timer.taskId)}</span>}
              {timer.escalateTo !== null && <span> → {words.named('rung', timer.escalateTo)}</span>}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

const taskName = ({ tasks }: IncidentDetailShape, id: string): string =>
  tasks.find(task => task.id === id)?.what ?? id;

export function Tasks({ incident }: Props) {
  const { t } = useWords();
  const now = useNow(AGE_MS);
  if (incident.tasks.length === 0) return null;
  return (
    <section>
      <h3>{t('incident.tasks')}</h3>
      <table className="plain">
        <tbody>
          {incident.tasks.map(task => (
            <tr key={task.id}>
              <td>{task.what}</td>
              <td className="quiet">{task.orgId}</td>
              <td className="num quiet">{t('incident.until', { time: shortTime(task.dueAt, now) })}</td>
              <td className="num">
                {task.answeredAt === null
                  ? t('incident.unanswered')
                  : t('incident.answered', { time: shortTime(task.answeredAt, now) })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Who did what, newest last. */
export function Steps({ incident }: Props) {
  const words = useWords();
  const now = useNow(AGE_MS);
  if (incident.steps.length === 0 && incident.overdue.length === 0) return null;
  const steps = incident.steps.map(step => ({
    at: step.at,
    key: step.id,
    actor: step.actor,
    what: words.named('step', step.kind),
    note: [step.verdict === null ? null : words.named('verdict', step.verdict), step.note]
      .filter(Boolean)
      .join(' · '),
  }));
  const late = incident.overdue.map(item => ({
    at: item.noticedAt,
    key: `${item.kind} ${item.taskId} ${item.escalateTo}`,
    actor: null,
    what: words.t('incident.overdue', { what: words.named('timer', item.kind) }),
    note: item.escalateTo === null ? '' : `→ ${words.named('rung', item.escalateTo)}`,
  }));
  const items = [...steps, ...late].sort((a, b) => (a.at < b.at ? -1 : 1));
  return (
    <section>
      <h3>{words.t('incident.steps')}</h3>
      <ol className="history">
        {items.map(item => (
          <li key={item.key} className={item.actor === null ? '' : 'by-person'}>
            <span className="num quiet" title={fullTime(item.at)}>
              {shortTime(item.at, now)}
            </span>
            <b>{item.what}</b>
            <span className="quiet">{item.actor ?? words.named('actor', 'system')}</span>
            {item.note !== '' && <span className="reason">{item.note}</span>}
          </li>
        ))}
      </ol>
    </section>
  );
}

const spanOr = (words: Words, ms: number | null): string =>
  ms === null ? words.t('review.none') : spanText(words, ms);

/** What is learnt from it: how fast, and whether "done" was said too early. */
export function Review({ review }: { readonly review: ReviewShape }) {
  const words = useWords();
  const { t } = words;
  const { durations, inTime } = review;
  const kept = (isKept: boolean | null): string =>
    isKept === null ? '' : ` ${t(isKept ? 'review.inTime' : 'review.late')}`;
  const rows: readonly (readonly [string, string])[] = [
    [t('review.detect'), spanOr(words, durations.detectMs)],
    [t('review.identify'), spanOr(words, durations.identifyMs) + kept(inTime.identify)],
    [t('review.respond'), spanOr(words, durations.respondMs) + kept(inTime.respond)],
    [t('review.feedback'), spanOr(words, durations.feedbackMs) + kept(inTime.feedback)],
    [t('review.close'), spanOr(words, durations.closeMs)],
    [t('review.tooEarly'), t('review.times', { n: review.doneTooEarly })],
  ];
  return (
    <section data-testid="incident-review">
      <h3>{t('review.title')}</h3>
      <dl className="facts incident-facts">
        {rows.map(([name, value]) => (
          <div className="fact" key={name}>
            <dt>{name}</dt>
            <dd className="num">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
