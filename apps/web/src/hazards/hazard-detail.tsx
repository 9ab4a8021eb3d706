import { Button } from 'antd';
import type { HazardDetailShape } from '@anmai/wire';
import { useMe } from '../session/data';
import { mayOperate } from '../session/permissions';
import { PaneSkeleton, ProblemNote } from '../shell/notes';
import { useNow } from '../shell/now';
import { chooseAlarm, chooseBuilding } from '../shell/route';
import { fullTime } from '../text/format';
import { useWords } from '../text/language';
import type { Words } from '../text/words';
import { useHazard } from './hazard-data';
import { HazardFlow, LevelMark, TimerWords } from './hazard-parts';
import { HazardStepForm } from './hazard-step-form';

const MINUTE_MS = 60_000;

/** One hazard: what, where, how bad, what is expected, what to do, what was done. */
export function HazardDetail({ id }: { readonly id: string }) {
  const { t } = useWords();
  const now = useNow(MINUTE_MS);
  const me = useMe().data;
  const query = useHazard(id);
  const hazard = query.data;
  if (query.isError) return <ProblemNote error={query.error} onRetry={() => void query.refetch()} />;
  if (hazard === undefined) return <PaneSkeleton />;
  return (
    <article className="hazard-detail" data-testid="hazard" data-hazard-id={id} data-stage={hazard.stage}>
      <header className="building-head">
        <h2>{hazard.title}</h2>
        <LevelMark level={hazard.level} />
        <TimerWords hazard={hazard} now={now} />
      </header>
      <HazardFlow stage={hazard.stage} />
      <Facts hazard={hazard} />
      {mayOperate(me?.role) && <HazardStepForm key={hazard.lastN} hazard={hazard} />}
      <h3>{t('haz.history')}</h3>
      <History hazard={hazard} />
    </article>
  );
}

function Facts({ hazard }: { readonly hazard: HazardDetailShape }) {
  const { t } = useWords();
  const { sourceId } = hazard;
  return (
    <dl className="facts">
      <dt>{t('haz.building')}</dt>
      <dd>
        <button
          type="button"
          className="as-link"
          onClick={() => chooseBuilding(hazard.buildingId, 'hazards')}
        >
          {hazard.buildingName}
        </button>
      </dd>
      <dt>{t('haz.where')}</dt>
      <dd>{hazard.where || '–'}</dd>
      <dt>{t('haz.note')}</dt>
      <dd>{hazard.note || '–'}</dd>
      <dt>{t('haz.source')}</dt>
      <dd>
        {t(`hazSource.${hazard.source}`)}
        {sourceId !== null &&
          (hazard.source === 'alarm' ? (
            <Button size="small" type="link" onClick={() => chooseAlarm(sourceId)}>
              {t('haz.toAlarm')}
            </Button>
          ) : (
            <span className="quiet"> {sourceId}</span>
          ))}
        <span className="quiet"> · {hazard.reporter}</span>
      </dd>
      <dt>{t('haz.given')}</dt>
      <dd>{hazard.orgName === null ? '–' : `${hazard.orgName} ${hazard.person ?? ''}`}</dd>
      <dt>{t('haz.controls')}</dt>
      <dd>
        {hazard.controls.length === 0
          ? t('haz.noControl')
          : hazard.controls.map(each => (
              <div key={`${each.measure}${each.since}`} className={each.until === null ? '' : 'quiet'}>
                {t(`hazControl.${each.measure}`)} · {fullTime(each.since).slice(0, 16)} –{' '}
                {each.until === null ? t('haz.inForce') : fullTime(each.until).slice(0, 16)}
              </div>
            ))}
      </dd>
      <dt>{t('haz.photos')}</dt>
      <dd>{t('haz.photosOf', { before: hazard.photosBefore.length, after: hazard.photosAfter.length })}</dd>
      {hazard.extension !== null && (
        <>
          <dt>{t('haz.extension')}</dt>
          <dd>
            {t('haz.extensionTo', {
              at: fullTime(hazard.extension.dueAt).slice(0, 16),
              by: hazard.extension.askedBy,
            })}{' '}
            · {hazard.extension.reason}
          </dd>
        </>
      )}
    </dl>
  );
}

function History({ hazard }: { readonly hazard: HazardDetailShape }) {
  const words = useWords();
  const { t } = words;
  const lines = [
    ...hazard.steps.map(step => ({
      key: step.id,
      at: step.at,
      said: t(`hazStep.${step.kind}`),
      more: payloadText(words, step.payload),
      who: words.named('actor', step.actor),
      isLate: false,
    })),
    ...hazard.overdue.map(each => ({
      key: `${each.kind}${each.dueAt}${each.escalateTo}`,
      at: each.noticedAt,
      said: t('haz.lateNoted', { what: words.named('hazTimer', each.kind) }),
      more: t('haz.toldTo', { rung: t(`hazRung.${each.escalateTo}`) }),
      who: words.named('actor', 'system'),
      isLate: true,
    })),
  ].toSorted((a, b) => (a.at < b.at ? 1 : -1));
  return (
    <ol className="hazard-history">
      {lines.map(line => (
        <li key={line.key} className={line.isLate ? 'overdue' : ''}>
          <time className="num">{fullTime(line.at).slice(0, 16)}</time>
          <b>{line.said}</b>
          <span>{line.more}</span>
          <span className="quiet">{line.who}</span>
        </li>
      ))}
      <li>
        <time className="num">{fullTime(hazard.foundAt).slice(0, 16)}</time>
        <b>{t('hazStage.found')}</b>
        <span>{hazard.note}</span>
        <span className="quiet">{hazard.reporter}</span>
      </li>
    </ol>
  );
}

function payloadText(words: Words, payload: HazardDetailShape['steps'][number]['payload']): string {
  const text = (key: string): string => (typeof payload[key] === 'string' ? payload[key] : '');
  const parts = [
    payload['level'] === undefined ? '' : words.named('hazLevel', text('level')),
    payload['measure'] === undefined ? '' : words.named('hazControl', text('measure')),
    payload['finding'] === undefined ? '' : words.named('hazFinding', text('finding')),
    ...['agency', 'appraisalId', 'person', 'plan'].map(text),
    payload['dueAt'] === undefined || payload['dueAt'] === null ? '' : fullTime(text('dueAt')).slice(0, 16),
    text('note'),
  ];
  return parts.filter(part => part !== '').join(' · ');
}
