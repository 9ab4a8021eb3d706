import { Button } from 'antd';
import { useRef, type PointerEvent } from 'react';
import { AlarmDetail } from '../alarms/alarm-detail';
import { AssetDetail } from '../assets/asset-detail';
import { IncidentDetail } from '../incidents/incident-detail';
import { useWords } from '../text/language';
import { Empty } from './notes';
import { chooseIncident, chooseNothing, type Route } from './route';
import { DETAIL_PX_MAX, DETAIL_PX_MIN, detailWidthSetting } from './settings';

interface PaneProps {
  readonly route: Route;
  readonly widthPx: number;
}

/** The right-hand pane: whatever is chosen, one thing at a time. */
export function DetailPane({ route, widthPx }: PaneProps) {
  const { t } = useWords();
  const { alarmId, assetId, sensorId, incidentId } = route;
  const chosen = alarmId !== null || assetId !== null || incidentId !== null;
  return (
    <aside className="pane detail-pane" style={{ width: widthPx }} aria-label={t('detail.title')}>
      <Grip />
      {chosen && (
        <Button
          type="text"
          className="detail-close"
          aria-label={t('detail.close')}
          title={t('detail.close')}
          onClick={chooseNothing}
        >
          ✕
        </Button>
      )}
      <div className="detail-scroll" key={alarmId ?? assetId ?? incidentId}>
        {alarmId !== null && incidentId !== null && (
          <Button className="to-incident" size="small" onClick={() => chooseIncident(incidentId)}>
            ← {t('incident.back')}
          </Button>
        )}
        {alarmId === null && incidentId !== null && <IncidentDetail id={incidentId} />}
        {alarmId !== null && <AlarmDetail id={alarmId} />}
        {alarmId === null && incidentId === null && assetId !== null && (
          <AssetDetail id={assetId} sensorId={sensorId} key={`${assetId} ${sensorId}`} />
        )}
        {!chosen && <Empty title={t('detail.none')} hint={t('detail.noneHint')} />}
      </div>
    </aside>
  );
}

/** The edge that is dragged. The width is kept in this browser. */
function Grip() {
  const { t } = useWords();
  const start = useRef<{ x: number; width: number } | null>(null);
  const move = (event: PointerEvent): void => {
    if (!start.current) return;
    const width = start.current.width + start.current.x - event.clientX;
    detailWidthSetting.set(String(Math.round(Math.min(DETAIL_PX_MAX, Math.max(DETAIL_PX_MIN, width)))));
  };
  return (
    <div
      className="grip"
      role="separator"
      aria-orientation="vertical"
      title={t('detail.resize')}
      onPointerDown={event => {
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = { x: event.clientX, width: Number(detailWidthSetting.get()) };
      }}
      onPointerMove={move}
      onPointerUp={() => (start.current = null)}
    />
  );
}
