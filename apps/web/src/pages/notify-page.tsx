import { ContactsPart } from '../notify/contacts-part';
import { OutboxPart } from '../notify/outbox-part';
import { RotaPart } from '../notify/rota-part';
import { RoutesPart } from '../notify/routes-part';
import { useMe } from '../session/data';
import { mayPlan } from '../session/permissions';
import { PageTabs, useTab } from '../shell/page-tabs';
import { useWords } from '../text/language';

const TABS = ['outbox', 'routes', 'rota', 'contacts'] as const;

/** Who is told of what, who is on duty, how they are reached, and what became of each message. */
export function NotifyPage() {
  const { t } = useWords();
  const tab = useTab(TABS);
  const me = useMe().data;
  const may = mayPlan(me?.role);
  return (
    <main className="pane page" data-testid="notify-page">
      <div className="page-head">
        <h2>{t('page.notify')}</h2>
        <PageTabs tabs={TABS} tab={tab} label={each => t(`notify.${each}`)} />
        {me && !may && tab !== 'contacts' && (
          <span className="quiet">{t('notify.noRight', { role: t(`role.${me.role}`) })}</span>
        )}
      </div>
      {tab === 'outbox' && <OutboxPart may={may} />}
      {tab === 'routes' && <RoutesPart may={may} />}
      {tab === 'rota' && <RotaPart may={may} />}
      {tab === 'contacts' && <ContactsPart />}
    </main>
  );
}
