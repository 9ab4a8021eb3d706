import { Button } from 'antd';
import type { AlarmShape } from '@anmai/wire';
import { SeverityMark, SeverityWord } from '../look/severity-mark';
import { useAlarm, useAssets } from '../session/data';
import { useFollow } from '../session/centre';
import { Empty, PaneSkeleton, ProblemNote } from '../shell/notes';
import { useNow } from '../shell/now';
import { chooseAsset } from '../shell/route';
import { TrendSection } from '../chart/trend-section';
import { useWords } from '../text/language';
import { fullTime, shortTime } from '../text/format';
import { spanText } from '../text/words';
import { AckForm, CommentForm } from './ack-form';
import { fillOf, shortSensorName, stateKey } from './alarm-text';
import { ChatterNote } from './chatter-note';
import { HowBad, Why } from './evidence';
import { ExplainSection } from './explain-section';
import { DecidingReadings, History } from './history';
import { LifeActions } from './life-actions';
import { LifeNotes } from './life-notes';

const AGE_MS = 5_000;

/** All about one alarm: what, where, since when, how bad, why, and what was done. */
export function AlarmDetail({ id, readOnly = false }: { readonly id: string; readonly readOnly?: boolean }) {
  const { t } = useWords();
  const { alarm, query } = useAlarm(id);
  useFollow(alarm ? [alarm.sensorId] : []);
  if (!alarm && query.isPending) return <PaneSkeleton />;
  if (!alarm) {
    return (
      <Empty title={t('detail.gone')}>
        <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
      </Empty>
    );
  }
  return (
    <article className="detail" data-testid="alarm-detail" data-alarm-id={alarm.id}>
      <Head alarm={alarm} />
      {alarm.condition === 'blind' && <p className="blind-note">{t('detail.blindNote')}</p>}
      <LifeNotes alarm={alarm} />
      <ChatterNote alarm={alarm} />
      <AckForm alarm={alarm} readOnly={readOnly} key={`ack-${alarm.id}`} />
      <LifeActions alarm={alarm} readOnly={readOnly} key={`life-${alarm.id}`} />
      <HowBad alarm={alarm} />
      <TrendSection sensorId={alarm.sensorId} onsetAt={Date.parse(alarm.onsetAt)} key={`trend-${alarm.id}`} />
      <Why alarm={alarm} />
      <ExplainSection alarm={alarm} key={`explain-${alarm.id}`} />
      <When alarm={alarm} />
      <Where alarm={alarm} />
      <DecidingReadings alarm={alarm} key={`readings-${alarm.id}`} />
      <History alarm={alarm} />
      {!readOnly && <CommentForm alarm={alarm} key={`comment-${alarm.id}`} />}
    </article>
  );
}

function Head({ alarm }: { readonly alarm: AlarmShape }) {
  const { t } = useWords();
  const now = useNow(AGE_MS);
  const words = useWords();
  const over = alarm.clearedAt ?? alarm.closedAt;
  const span = spanText(words, (over === null ? now : Date.parse(over)) - Date.parse(alarm.raisedAt));
  return (
    <header className="detail-head">
      <SeverityMark severity={alarm.severity} fill={fillOf(alarm)} size={28} />
      <div>
        <h2>{alarm.assetName}</h2>
        <p>
          <SeverityWord severity={alarm.severity} fill={fillOf(alarm)} /> {shortSensorName(alarm)}
          <span className="quiet"> · </span>
          {t(stateKey(alarm))}
          <span className="quiet num">
            {' '}
            · {t(over === null ? 'detail.lasting' : 'detail.lasted', { span })}
          </span>
        </p>
      </div>
    </header>
  );
}

function When({ alarm }: { readonly alarm: AlarmShape }) {
  const { t } = useWords();
  const now = useNow(AGE_MS);
  const steps = [
    ['detail.onset', alarm.onsetAt],
    ['detail.raised', alarm.raisedAt],
    ['detail.cleared', alarm.clearedAt],
    ['detail.closed', alarm.closedAt],
  ] as const;
  return (
    <section>
      <h3>{t('detail.when')}</h3>
      <dl className="inline-facts">
        {steps.map(([key, at]) =>
          at === null ? null : (
            <div key={key}>
              <dt>{t(key)}</dt>
              <dd className="num" title={fullTime(at)}>
                {shortTime(at, now)}
              </dd>
            </div>
          ),
        )}
      </dl>
    </section>
  );
}

function Where({ alarm }: { readonly alarm: AlarmShape }) {
  const words = useWords();
  const { t } = words;
  const asset = useAssets().data?.items.find(item => item.id === alarm.assetId);
  return (
    <section>
      <h3>{t('detail.where')}</h3>
      <div className="where">
        <span>
          {asset && words.named('kind', asset.kind)}
          <span className="quiet"> {alarm.assetId}</span>
          {asset && <span className="quiet"> · {asset.orgId}</span>}
          {asset?.geometry === null && <span className="quiet"> · {t('detail.noPlace')}</span>}
        </span>
        <Button size="small" onClick={() => chooseAsset(alarm.assetId, alarm.sensorId)}>
          {t('detail.openAsset')}
        </Button>
      </div>
    </section>
  );
}
