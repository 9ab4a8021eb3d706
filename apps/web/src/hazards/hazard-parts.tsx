import type { HazardShape } from '@anmai/wire';
import { useWords } from '../text/language';
import { spanText } from '../text/words';

type Level = HazardShape['level'];

/** Levels of a hazard are no alarm: framed like grades, told by shape and word. */
export function LevelMark({ level }: { readonly level: Level }) {
  const { t } = useWords();
  return <span className={`hazard-level ${level ?? 'none'}`}>{t(`hazLevel.${level ?? 'none'}`)}</span>;
}

export function StageWord({ hazard }: { readonly hazard: HazardShape }) {
  const { t } = useWords();
  const controls = hazard.controls.filter(each => each.until === null);
  return (
    <>
      <b>{t(`hazStage.${hazard.stage}`)}</b>
      {hazard.reopenedCount > 0 && (
        <div className="quiet num">{t('haz.reopened', { n: hazard.reopenedCount })}</div>
      )}
      {controls.length > 0 && (
        <div className="hazard-control">
          {controls.map(each => t(`hazControl.${each.measure}`)).join('、')}
        </div>
      )}
    </>
  );
}

/** What is expected next, and how late it is; the worst stands first. */
export function TimerWords({ hazard, now }: { readonly hazard: HazardShape; readonly now: number }) {
  const words = useWords();
  const { t } = words;
  const [timer] = hazard.timers;
  if (timer === undefined) return <span className="quiet">–</span>;
  const leftMs = Date.parse(timer.dueAt) - now;
  const span = spanText(words, Math.abs(leftMs));
  const what = t(`hazTimer.${timer.kind}`);
  return leftMs < 0 ? (
    <span className="overdue" data-testid="overdue">
      {t('haz.late', { what, span })}
      {timer.escalateTo !== null && <div>{t('haz.toldTo', { rung: t(`hazRung.${timer.escalateTo}`) })}</div>}
    </span>
  ) : (
    <span className="num">{t('haz.left', { what, span })}</span>
  );
}

const FLOW = [
  'found',
  'registered',
  'dispatched',
  'appraising',
  'repairing',
  'repaired',
  'accepted',
  'closed',
] as const;

/** 发现 → 登记 → 派发 → (鉴定) → 整改 → 验收 → 销号, and where it stands. */
export function HazardFlow({ stage }: { readonly stage: HazardShape['stage'] }) {
  const { t } = useWords();
  const at = FLOW.indexOf(stage as (typeof FLOW)[number]);
  return (
    <ol className="hazard-flow" data-stage={stage}>
      {FLOW.map((each, i) => (
        <li
          key={each}
          className={i < at ? 'past' : i === at ? 'now' : ''}
          aria-current={i === at ? 'step' : undefined}
        >
          {t(`hazStage.${each}`)}
        </li>
      ))}
    </ol>
  );
}
