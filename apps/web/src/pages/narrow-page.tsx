import { Button } from 'antd';
import { useState } from 'react';
import { AlarmDetail } from '../alarms/alarm-detail';
import { AlarmList } from '../alarms/alarm-list';
import { NO_FILTER, type AlarmFilter } from '../alarms/alarm-order';
import { isDoubtful } from '../live/trust';
import { useTrust } from '../session/data';
import { IncidentDetail } from '../incidents/incident-detail';
import { IncidentList } from '../incidents/incident-list';
import { chooseAlarm, chooseIncident, chooseNothing, showList, useRoute } from '../shell/route';
import { SeverityCounts } from '../shell/severity-counts';
import { LangSwitch, ThemeSwitch, UserMenu } from '../shell/top-bar';
import { TrustBanner } from '../shell/trust-banner';
import { useWords } from '../text/language';

/** On a telephone: incidents to read, and every alarm behind them. Acting is for the desk, where the whole picture is. */
export function NarrowPage() {
  const { t } = useWords();
  const route = useRoute();
  const trust = useTrust();
  const [filter, setFilter] = useState<AlarmFilter>(NO_FILTER);
  return (
    <div className={isDoubtful(trust) ? 'centre narrow doubtful' : 'centre narrow'} data-trust={trust.kind}>
      <header className="top-bar">
        <strong className="city">{t('app.name')}</strong>
        <div className="switches">
          <LangSwitch />
          <ThemeSwitch />
          <UserMenu />
        </div>
      </header>
      <TrustBanner trust={trust} />
      <SeverityCounts
        chosen={filter.severity}
        onChoose={severity => (setFilter({ ...filter, severity }), showList('alarms'))}
      />
      <main className="work">
        {/* The list stays behind the detail, so that going back finds it where it was. */}
        {route.list === 'alarms' ? (
          <AlarmList selectedId={route.alarmId} filter={filter} onFilter={setFilter} onChoose={chooseAlarm} />
        ) : (
          <IncidentList
            selectedId={route.incidentId}
            selectedAlarmId={route.alarmId}
            onChoose={chooseIncident}
          />
        )}
        {route.alarmId === null && route.incidentId !== null && (
          <section className="pane narrow-detail">
            <Button className="back" onClick={chooseNothing}>
              ← {t('incident.title')}
            </Button>
            <div className="detail-scroll" key={route.incidentId}>
              <IncidentDetail id={route.incidentId} readOnly />
            </div>
          </section>
        )}
        {route.alarmId !== null && (
          <section className="pane narrow-detail">
            <Button
              className="back"
              onClick={() => (route.incidentId === null ? chooseNothing() : chooseIncident(route.incidentId))}
            >
              ← {t(route.incidentId === null ? 'list.title' : 'incident.title')}
            </Button>
            <div className="detail-scroll" key={route.alarmId}>
              <AlarmDetail id={route.alarmId} readOnly />
            </div>
          </section>
        )}
      </main>
    </div>
  );
}
