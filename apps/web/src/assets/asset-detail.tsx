import { useState } from 'react';
import type { AlarmShape, AssetShape } from '@anmai/wire';
import { QUIET, looksOf, type Look } from '../alarms/asset-state';
import { AlarmRow } from '../alarms/alarm-row';
import { NO_FILTER, sorted } from '../alarms/alarm-order';
import { TrendSection } from '../chart/trend-section';
import { SeverityMark, type Fill } from '../look/severity-mark';
import { useFollow } from '../session/centre';
import { useAlarms, useAssets, useSensors } from '../session/data';
import { Empty, PaneSkeleton, ProblemNote } from '../shell/notes';
import { useNow } from '../shell/now';
import { chooseAlarm } from '../shell/route';
import { useWords } from '../text/language';
import { SensorList } from './sensor-list';

const MINUTE_MS = 60_000;

/** How a look is filled: hatched when blind, hollow when over. */
export const fillOfLook = (look: Look): Fill =>
  look.blind ? 'hatched' : look.over || look.severity === null ? 'hollow' : 'solid';

interface DetailProps {
  readonly id: string;
  readonly sensorId: string | null;
}

/** One asset: what it is, its open alarms, its sensors and the trend of one of them. */
export function AssetDetail({ id, sensorId }: DetailProps) {
  const { t } = useWords();
  const assets = useAssets();
  const sensors = useSensors(id);
  const { alarms } = useAlarms();
  const [chosen, setChosen] = useState(sensorId);
  const list = sensors.data?.items ?? [];
  useFollow(list.map(sensor => sensor.id));
  const asset = assets.data?.items.find(item => item.id === id);
  if (!asset) return assets.isPending ? <PaneSkeleton /> : <Empty title={t('asset.gone')} />;
  const own = [...alarms.values()].filter(alarm => alarm.assetId === id);
  const worst = own.find(alarm => alarm.id === sorted(own, NO_FILTER, 'severity')[0])?.sensorId;
  const shown =
    list.find(sensor => sensor.id === chosen) ?? list.find(sensor => sensor.id === worst) ?? list[0];
  return (
    <article className="detail" data-testid="asset-detail" data-asset-id={id}>
      <Head asset={asset} look={looksOf([asset], own).get(id) ?? QUIET} />
      <OpenAlarms alarms={own} />
      <section>
        <h3>{t('asset.sensors')}</h3>
        {sensors.isError && <ProblemNote error={sensors.error} onRetry={() => void sensors.refetch()} />}
        {sensors.isSuccess && list.length === 0 && <p className="note quiet">{t('asset.noSensors')}</p>}
        {sensors.data?.cut && <p className="note quiet">{t('list.cutSensors', { n: list.length })}</p>}
        <SensorList sensors={list} chosenId={shown?.id ?? null} onChoose={setChosen} />
      </section>
      {shown && <TrendSection sensorId={shown.id} onsetAt={null} />}
    </article>
  );
}

function Head({ asset, look }: { readonly asset: AssetShape; readonly look: Look }) {
  const words = useWords();
  const grade = asset.properties['grade'];
  return (
    <header className="detail-head">
      <SeverityMark severity={look.severity} fill={fillOfLook(look)} size={28} />
      <div>
        <h2>{asset.name}</h2>
        <p>
          {words.named('kind', asset.kind)}
          {typeof grade === 'string' && ` · ${words.t('asset.grade', { grade })}`}
          <span className="quiet">
            {' '}
            · {asset.id} · {asset.orgId}
          </span>
        </p>
      </div>
    </header>
  );
}

function OpenAlarms({ alarms }: { readonly alarms: readonly AlarmShape[] }) {
  const { t } = useWords();
  const now = useNow(MINUTE_MS);
  const ids = sorted(alarms, NO_FILTER, 'severity');
  return (
    <section>
      <h3>{t('asset.alarms')}</h3>
      {ids.length === 0 && <p className="note quiet">{t('asset.noAlarms')}</p>}
      <ul className="alarm-list">
        {ids.map(id => {
          const alarm = alarms.find(item => item.id === id);
          return (
            alarm && (
              <AlarmRow
                key={id}
                alarm={alarm}
                selected={false}
                entered={false}
                nowMs={now}
                onChoose={chooseAlarm}
              />
            )
          );
        })}
      </ul>
    </section>
  );
}
