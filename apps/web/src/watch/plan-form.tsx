import { Button, InputNumber, Select } from 'antd';
import { useState } from 'react';
import type { WatchPlanShape } from '@anmai/wire';
import { SafetyRefusal } from '../hazards/safety-refusal';
import { useSensors } from '../session/data';
import { FormField } from '../shell/form-field';
import { useNow } from '../shell/now';
import { useWords } from '../text/language';
import { DutyFields, ItemFields, MeasureFields } from './plan-fields';
import { useEditPlan, type WatchEdit } from './watch-data';

const DAY_MS = 86_400_000;

/** All of a plan that may be edited: its limits become alarm rules when it is kept. */
export function PlanForm({ plan, onDone }: { readonly plan: WatchPlanShape; readonly onDone: () => void }) {
  const { t } = useWords();
  const now = useNow(DAY_MS);
  const { items, duty, measures, patrolEveryDays, confirmMinutes, checkupFrom } = plan;
  const [draft, setDraft] = useState<WatchEdit>({ items, duty, measures, patrolEveryDays, confirmMinutes, checkupFrom });
  const save = useEditPlan(plan);
  const sensors = useSensors(plan.buildingId).data?.items ?? [];
  const set = (change: Partial<WatchEdit>): void => setDraft({ ...draft, ...change });
  const own = sensors.filter(sensor => sensor.assetId === plan.buildingId).map(sensor => sensor.id);
  return (
    <section className="plan-form" data-testid="watch-form">
      <h3>{t('wat.items')}</h3>
      <p className="quiet">{t('wat.itemsHint')}</p>
      <ItemFields rows={draft.items} sensorIds={own} onRows={rows => set({ items: rows })} />
      <h3>{t('wat.duty')}</h3>
      <DutyFields rows={draft.duty} onRows={rows => set({ duty: rows })} />
      <h3>{t('wat.measures')}</h3>
      <MeasureFields rows={draft.measures} today={new Date(now).toISOString()} onRows={rows => set({ measures: rows })} />
      <div className="form-grid">
        <FormField label={t('wat.patrol')} after={t('wat.days')}>
          <InputNumber<number> size="small" min={1} max={366} precision={0} aria-label={t('wat.patrol')} value={draft.patrolEveryDays} onChange={value => set({ patrolEveryDays: value ?? 1 })} />
        </FormField>
        <FormField label={t('wat.confirm')} after={t('wat.minutes')} hint={t('wat.confirmHint')}>
          <InputNumber<number> size="small" min={1} max={10_080} precision={0} aria-label={t('wat.confirm')} value={draft.confirmMinutes} onChange={value => set({ confirmMinutes: value ?? 1 })} />
        </FormField>
        <FormField label={t('wat.checkupFrom')}>
          <Select size="small" style={{ width: 90 }} aria-label={t('wat.checkupFrom')} value={draft.checkupFrom} onChange={value => set({ checkupFrom: value })} options={(['blue', 'yellow', 'orange', 'red'] as const).map(value => ({ value, label: t(`severity.${value}`) }))} />
        </FormField>
      </div>
      {save.isError && <SafetyRefusal error={save.error} />}
      <div className="draft-actions">
        <Button type="primary" data-testid="watch-save" loading={save.isPending} onClick={() => save.mutate(draft, { onSuccess: onDone })}>
          {t('bld.save')}
        </Button>
        <Button onClick={onDone}>{t('bld.cancel')}</Button>
      </div>
    </section>
  );
} // prettier-ignore
