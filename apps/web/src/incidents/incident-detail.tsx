import type { IncidentDetailShape, IncidentShape } from '@anmai/wire';
import { AlarmRow } from '../alarms/alarm-row';
import { SeverityMark, SeverityWord } from '../look/severity-mark';
import { Empty, PaneSkeleton, ProblemNote } from '../shell/notes';
import { useNow } from '../shell/now';
import { chooseAlarm } from '../shell/route';
import { countText, shortTime } from '../text/format';
import { useWords } from '../text/language';
import { spanText } from '../text/words';
import { useIncident } from './incident-data';
import { fillOfIncident, incidentTitle } from './incident-text';
import { Review, Steps, Tasks, Timers } from './incident-track';
import { StepForms } from './step-forms';

const AGE_MS = 5_000;

/** All about one incident: what it probably is, how large, what was done and what may be done now. */
export function IncidentDetail({
  id,
  readOnly = false,
}: {
  readonly id: string;
  readonly readOnly?: boolean;
}) {
  const { t } = useWords();
  const { incident, query } = useIncident(id);
  if (incident === undefined) {
    return query.isPending ? (
      <PaneSkeleton />
    ) : (
      <Empty title={t('incident.gone')}>
        <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
      </Empty>
    );
  }
  return (
    <article
      className="detail"
      data-testid="incident-detail"
      data-incident-id={id}
      data-stage={incident.stage}
    >
      <Head incident={incident} />
      {incident.mergedInto !== null && (
        <p className="note">{t('incident.merged', { id: incident.mergedInto })}</p>
      )}
      {incident.reopened && <p className="blind-note">{t('incident.reopened')}</p>}
      {incident.condition === 'blind' && <p className="blind-note">{t('detail.blindNote')}</p>}
      {incident.isCatchAll && <p className="blind-note">{t('incident.catchAll')}</p>}
      {!readOnly && <StepForms incident={incident} key={`${incident.id} ${incident.stage}`} />}
      <Timers incident={incident} />
      <Cause incident={incident} />
      <Figures incident={incident} />
      <Tasks incident={incident} />
      <Steps incident={incident} />
      {incident.review !== null && <Review review={incident.review} />}
      <Alarms incident={incident} />
    </article>
  );
}

function Head({ incident }: { readonly incident: IncidentShape }) {
  const words = useWords();
  const now = useNow(AGE_MS);
  const { t } = words;
  const over = incident.releasedAt;
  const span = spanText(words, (over === null ? now : Date.parse(over)) - Date.parse(incident.onsetAt));
  return (
    <header className="detail-head">
      <SeverityMark severity={incident.severity} fill={fillOfIncident(incident)} size={28} />
      <div>
        <h2>{incidentTitle(words, incident)}</h2>
        <p>
          <SeverityWord severity={incident.severity} fill={fillOfIncident(incident)} />{' '}
          {t(`stage.${incident.stage}`)}
          {incident.verdict !== null && (
            <>
              <span className="quiet"> · </span>
              {words.named('verdict', incident.verdict)}
            </>
          )}
          <span className="quiet num">
            {' '}
            · {t(over === null ? 'detail.lasting' : 'detail.lasted', { span })}
          </span>
        </p>
      </div>
    </header>
  );
}

function Cause({ incident }: { readonly incident: IncidentDetailShape }) {
  const words = useWords();
  const now = useNow(AGE_MS);
  const [first, ...others] = incident.causes;
  if (first === undefined) return null;
  return (
    <section>
      <h3>{words.t('incident.cause')}</h3>
      <p data-testid="incident-cause">
        <b>{words.named('cause', first.code)}</b>
      </p>
      <p className="quiet num">
        {words.t('incident.causeOf', {
          place: incident.placeName ?? first.assetId,
          time: shortTime(first.data.onsetAt, now),
          assets: first.data.assets,
        })}
      </p>
      {others.length > 0 && (
        <p className="quiet">
          {words.t('incident.otherCauses')}{' '}
          {others.map(cause => `${cause.assetId}（${words.named('cause', cause.code)}）`).join(' · ')}
        </p>
      )}
    </section>
  );
}

function Figures({ incident }: { readonly incident: IncidentShape }) {
  const { t } = useWords();
  const now = useNow(AGE_MS);
  const rows: readonly (readonly [string, string])[] = [
    [t('incident.alarms'), t('incident.counts', { open: incident.openCount, all: incident.alarmCount })],
    [t('incident.assets'), countText(incident.assetCount)],
    // No asset says how many live there: that is not none.
    [
      t('incident.population'),
      incident.population === null ? t('incident.unknown') : countText(incident.population),
    ],
    [t('incident.blind'), countText(incident.blindCount)],
    [t('detail.onset'), shortTime(incident.onsetAt, now)],
    [t('incident.peak'), t(`severity.${incident.peak}`)],
  ];
  return (
    <section>
      <h3>{t('incident.figures')}</h3>
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

function Alarms({ incident }: { readonly incident: IncidentDetailShape }) {
  const { t } = useWords();
  const now = useNow(AGE_MS);
  return (
    <section>
      <h3>{t('incident.alarms')}</h3>
      <ul className="alarm-list">
        {incident.alarms.map(alarm => (
          <AlarmRow
            key={alarm.id}
            alarm={alarm}
            selected={false}
            entered={false}
            nowMs={now}
            onChoose={alarmId => chooseAlarm(alarmId, incident.id)}
          />
        ))}
      </ul>
      {incident.alarmsCut && (
        <p className="note quiet">{t('incident.alarmsCut', { n: incident.alarms.length })}</p>
      )}
    </section>
  );
}
