import type { InputRef } from 'antd';
import { useRef, useState } from 'react';
import { BuildingsPage } from '../buildings/buildings-page';
import { CheckupsPage } from '../checkups/checkups-page';
import { HazardsPage } from '../hazards/hazards-page';
import { WatchPage } from '../watch/watch-page';
import { AlarmList } from '../alarms/alarm-list';
import { NO_FILTER, type AlarmFilter } from '../alarms/alarm-order';
import { isDoubtful } from '../live/trust';
import { useIncidents } from '../incidents/incident-data';
import { IncidentList } from '../incidents/incident-list';
import { CityPage } from '../city/city-page';
import { InsurancePage } from '../insurance/insurance-page';
import { KpiPage } from '../kpi/kpi-page';
import { MoneyPage } from '../money/money-page';
import { MapPane } from '../map/map-pane';
import { useAlarms, useTrust } from '../session/data';
import { useSound } from '../sound/sound';
import { DetailPane } from '../shell/detail-pane';
import { FloodBanner } from '../shell/flood-banner';
import { Help } from '../shell/help';
import { useMedia, WIDE } from '../shell/media';
import {
  chooseAlarm,
  chooseIncident,
  chooseNothing,
  go,
  NOTHING,
  useRoute,
  type PageName,
} from '../shell/route';
import { detailWidthSetting } from '../shell/settings';
import { useStored } from '../shell/stored';
import { TopBar } from '../shell/top-bar';
import { TrustBanner } from '../shell/trust-banner';
import { usePageKeys } from '../shell/use-page-keys';
import { DevicesPage } from './devices-page';
import { NotifyPage } from './notify-page';
import { PlansPage } from './plans-page';
import { QuarantinePage } from './quarantine-page';
import { RulesPage } from './rules-page';

/** Pages with forms: what is being filled in must not be left by a key. */
const KEPT: ReadonlySet<PageName> = new Set(['buildings', 'hazards', 'watch']);

/** The operations centre: list, map and detail under one bar; the tables share the bar and the banner. */
export function CentrePage() {
  const route = useRoute();
  const wide = useMedia(WIDE);
  const trust = useTrust();
  const sound = useSound();
  const [filter, setFilter] = useState<AlarmFilter>(NO_FILTER);
  const [help, setHelp] = useState(false);
  const [width] = useStored(detailWidthSetting);
  const search = useRef<InputRef>(null);
  const { alarms } = useAlarms();
  const { incidents } = useIncidents();
  const doubtful = isDoubtful(trust);

  usePageKeys({
    onSearch: () => search.current?.focus(),
    onHelp: () => setHelp(shown => !shown),
    onSound: sound.toggle,
    // A file that is being filled in must not be left by a key.
    onEscape: () => (help ? setHelp(false) : !KEPT.has(route.page) && chooseNothing()),
  });

  const toCentre = (change: Partial<AlarmFilter>): void => {
    setFilter({ ...filter, ...change });
    if (route.page !== 'centre') go({ page: 'centre', ...NOTHING, list: 'alarms' });
    else go({ ...route, list: 'alarms' });
  };
  const chosen = route.alarmId !== null || route.assetId !== null || route.incidentId !== null;
  const chosenAsset =
    route.assetId ??
    alarms.get(route.alarmId ?? '')?.assetId ??
    incidents.get(route.incidentId ?? '')?.cause?.assetId ??
    null;
  return (
    <div className={doubtful ? 'centre doubtful' : 'centre'} data-trust={trust.kind}>
      <TopBar
        page={route.page}
        severity={filter.severity}
        doubtful={doubtful}
        sound={sound}
        onSeverity={severity => toCentre({ severity })}
        onBlind={() => toCentre({ show: 'blind' })}
      />
      <TrustBanner trust={trust} />
      <FloodBanner />
      {route.page === 'centre' && (
        <main className={wide ? 'work wide' : 'work'}>
          {route.list === 'alarms' ? (
            <AlarmList
              selectedId={route.alarmId}
              filter={filter}
              onFilter={setFilter}
              onChoose={chooseAlarm}
              search={search}
            />
          ) : (
            <IncidentList
              selectedId={route.incidentId}
              selectedAlarmId={route.alarmId}
              onChoose={chooseIncident}
            />
          )}
          <MapPane chosenId={chosenAsset} coveredPx={!wide && chosen ? Number(width) : 0} />
          {(wide || chosen) && <DetailPane route={route} widthPx={Number(width)} />}
        </main>
      )}
      {route.page === 'kpi' && <KpiPage />}
      {route.page === 'money' && <MoneyPage view={route.view} />}
      {route.page === 'insurance' && <InsurancePage view={route.view} />}
      {route.page === 'city' && <CityPage />}
      {route.page === 'devices' && <DevicesPage />}
      {route.page === 'quarantine' && <QuarantinePage />}
      {route.page === 'buildings' && <BuildingsPage route={route} />}
      {route.page === 'checkups' && <CheckupsPage route={route} />}
      {route.page === 'hazards' && <HazardsPage route={route} />}
      {route.page === 'watch' && <WatchPage route={route} />}
      {route.page === 'notify' && <NotifyPage />}
      {route.page === 'plans' && <PlansPage />}
      {route.page === 'rules' && <RulesPage ruleId={route.ruleId} />}
      {help && <Help />}
    </div>
  );
}
