import { useMe } from '../session/data';
import { mayPlan } from '../session/permissions';
import { PageTabs, useTab } from '../shell/page-tabs';
import { useWords } from '../text/language';
import { InhibitionsPart } from '../plans/inhibitions-part';
import { SettingsPart } from '../plans/settings-part';
import { WindowsPart } from '../plans/windows-part';

const TABS = ['windows', 'inhibitions', 'settings'] as const;

/** Everything by which alarms do not call: planned work, causes that hide consequences, and how long alarms may rest. */
export function PlansPage() {
  const { t } = useWords();
  const tab = useTab(TABS);
  const me = useMe().data;
  const may = mayPlan(me?.role);
  return (
    <main className="pane page" data-testid="plans-page">
      <div className="page-head">
        <h2>{t('page.plans')}</h2>
        <PageTabs tabs={TABS} tab={tab} label={each => t(`plans.${each}`)} />
        {me && !may && <span className="quiet">{t('plans.noRight', { role: t(`role.${me.role}`) })}</span>}
      </div>
      {tab === 'windows' && <WindowsPart may={may} />}
      {tab === 'inhibitions' && <InhibitionsPart may={may} />}
      {tab === 'settings' && <SettingsPart may={may} />}
    </main>
  );
}
