import { Button, Select } from 'antd';
import { LIFELINE_GROUPS, SEVERITIES, type LifelineGroup, type Severity } from '@anmai/catalog';
import type { OrgShape } from '@anmai/wire';
import { useState } from 'react';
import { FormField } from '../shell/form-field';
import { useWords } from '../text/language';
import type { Rota, Route } from './notify-data';
import { routeFault } from './route-words';
import { TierFields } from './tier-fields';

const GROUPS = Object.keys(LIFELINE_GROUPS) as LifelineGroup[];

const ABOUT = ['incidents', 'alarms', 'both'] as const satisfies readonly Route['about'][];

interface FormProps {
  readonly before: Route;
  readonly isNew: boolean;
  readonly orgs: readonly OrgShape[];
  readonly rotas: readonly Rota[];
  readonly isSaving: boolean;
  readonly onSave: (route: Route) => void;
  readonly onCancel: () => void;
}

/** Who is told of what: where it is, how bad it has to be, and whom in which order. */
export function RouteForm({ before, isNew, orgs, rotas, isSaving, onSave, onCancel }: FormProps) {
  const { t, lang } = useWords();
  const [route, setRoute] = useState(before);
  const set = (change: Partial<Route>): void => setRoute({ ...route, ...change });
  const fault = routeFault(route);
  return (
    <section className="plan-form" data-testid="route-form">
      <h3>{t(isNew ? 'route.new' : 'route.change')}</h3>
      <div className="form-grid">
        <FormField label={t('route.org')} hint={t('route.orgHint')}>
          <Select<string>
            style={{ minWidth: 220 }}
            aria-label={t('route.org')}
            value={route.orgId === '' ? null : route.orgId}
            onChange={orgId => set({ orgId })}
            options={orgs.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </FormField>
        <FormField label={t('route.about')} hint={t('route.aboutHint')}>
          <Select<Route['about']>
            style={{ minWidth: 120 }}
            aria-label={t('route.about')}
            value={route.about}
            onChange={about => set({ about })}
            options={ABOUT.map(value => ({ value, label: t(`route.about.${value}`) }))}
          />
        </FormField>
        <FormField label={t('route.groups')} hint={t('route.groupsHint')}>
          <Select<string[]>
            mode="multiple"
            style={{ minWidth: 260 }}
            aria-label={t('route.groups')}
            value={[...route.groups]}
            onChange={groups => set({ groups })}
            options={GROUPS.map(value => ({ value, label: LIFELINE_GROUPS[value][lang] }))}
          />
        </FormField>
        <FormField label={t('route.from')}>
          <Select<Severity>
            style={{ minWidth: 96 }}
            aria-label={t('route.from')}
            value={route.from}
            onChange={from => set({ from })}
            options={SEVERITIES.map(value => ({ value, label: t(`severity.${value}`) }))}
          />
        </FormField>
      </div>
      <TierFields tiers={route.tiers} rotas={rotas} onChange={tiers => set({ tiers })} />
      <div className="draft-actions">
        <Button
          type="primary"
          data-testid="route-save"
          disabled={fault !== null}
          loading={isSaving}
          onClick={() => onSave(route)}
        >
          {t('plan.save')}
        </Button>
        <Button onClick={onCancel}>{t('plan.cancel')}</Button>
        {fault !== null && <span className="quiet">{t(`route.lacks.${fault}`)}</span>}
      </div>
    </section>
  );
}
