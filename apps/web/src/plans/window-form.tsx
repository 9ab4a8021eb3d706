import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import type { ServiceWindowShape } from '@anmai/wire';
import { useAssets } from '../session/data';
import { WallInput } from '../shell/clock-input';
import { FormField } from '../shell/form-field';
import { useNow } from '../shell/now';
import { SaveProblem } from '../shell/save-problem';
import { SpanInput } from '../shell/span-input';
import { useWords } from '../text/language';
import { useAllSensors, useSavePlan, type WindowBody } from './plan-data';
import { RepeatFields } from './repeat-fields';
import { repeatOf, rruleOf, type Repeat } from './repeat';
import { nextTurns, type WindowDraft } from './turns';
import { WhoPlanned } from './who-planned';
import { turnText } from './window-words';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const SHOWN_TURNS = 5;
const IDS_MAX = 200;
const REASON_CHARS_MAX = 500;

interface FormProps {
  /** null: a new one. */
  readonly before: ServiceWindowShape | null;
  readonly onDone: () => void;
  readonly onReload: () => void;
}

interface Fields {
  readonly reason: string;
  readonly assetIds: readonly string[];
  readonly sensorIds: readonly string[];
  readonly startAt: number;
  readonly durationMs: number | null;
  readonly repeat: Repeat;
}

const startOf = (before: ServiceWindowShape | null): Fields =>
  before === null
    ? {
        reason: '',
        assetIds: [],
        sensorIds: [],
        startAt: Math.ceil(Date.now() / HOUR_MS) * HOUR_MS,
        durationMs: 2 * HOUR_MS,
        repeat: { kind: 'once' },
      }
    : { ...before, startAt: Date.parse(before.startAt), repeat: repeatOf(before.rrule) };

/** Plans work on sensors, once or again and again; the turns that will come of it are shown before it is saved. */
export function WindowForm({ before, onDone, onReload }: FormProps) {
  const { t } = useWords();
  const [fields, setFields] = useState<Fields>(() => startOf(before));
  const save = useSavePlan<WindowBody>('service-windows');
  const set = (change: Partial<Fields>): void => setFields({ ...fields, ...change });
  const { reason, assetIds, sensorIds, durationMs, startAt } = fields;
  const rrule = rruleOf(fields.repeat);
  const draft: WindowDraft = {
    id: before?.id ?? 'new',
    reason,
    assetIds,
    sensorIds,
    rrule,
    startAt,
    durationMs: durationMs ?? 0,
  };
  const send = (): void => {
    const { id: _, ...body } = draft;
    save.mutate(
      { before, body: { ...body, startAt: new Date(startAt).toISOString() } },
      { onSuccess: onDone },
    );
  };
  const { isWhole, preview } = usePreview(draft);
  return (
    <section className="plan-form" data-testid="window-form">
      <h3>{t(before === null ? 'window.new' : 'window.change')}</h3>
      <div className="form-grid">
        <FormField label={t('window.reason')} wide>
          <Input
            size="small"
            value={reason}
            maxLength={REASON_CHARS_MAX}
            aria-label={t('window.reason')}
            placeholder={t('window.reasonHint')}
            onChange={event => set({ reason: event.target.value })}
          />
        </FormField>
        <Targets assetIds={assetIds} sensorIds={sensorIds} onChange={set} />
        <FormField label={t('window.start')} hint={t('window.cityTime')}>
          <WallInput label={t('window.start')} at={fields.startAt} onChange={startAt => set({ startAt })} />
        </FormField>
        <FormField label={t('window.duration')} hint={t('window.durationHint')}>
          <SpanInput ms={durationMs} label={t('window.duration')} onChange={ms => set({ durationMs: ms })} />
        </FormField>
        <RepeatFields repeat={fields.repeat} onChange={repeat => set({ repeat })} />
      </div>
      {preview}
      {before !== null && <WhoPlanned id={before.id} />}
      {save.isError && <SaveProblem error={save.error} onReload={onReload} />}
      <div className="draft-actions">
        <Button
          type="primary"
          data-testid="window-save"
          disabled={!isWhole}
          loading={save.isPending}
          onClick={send}
        >
          {t(before === null ? 'window.plan' : 'plan.save')}
        </Button>
        <Button onClick={onDone}>{t('plan.cancel')}</Button>
        <span className="quiet">{t('window.effect')}</span>
      </div>
    </section>
  );
}

/** What the window would do, or what it still lacks. */
function usePreview(draft: WindowDraft) {
  const words = useWords();
  const { t } = words;
  const now = useNow(MINUTE_MS);
  const lacks =
    draft.reason.trim() === ''
      ? t('window.lacksReason')
      : draft.assetIds.length + draft.sensorIds.length === 0
        ? t('window.lacksTarget')
        : null;
  const found = lacks === null ? nextTurns(draft, now, SHOWN_TURNS) : { fault: lacks };
  const isWhole = 'turns' in found;
  const begun = isWhole && found.turns[0] !== undefined && found.turns[0].from < now;
  const preview = (
    <div className="turns" data-testid="turns" data-count={isWhole ? found.turns.length : -1}>
      <h3>{t('turn.title')}</h3>
      {!isWhole && <p className="quiet">{found.fault}</p>}
      {isWhole && found.turns.length === 0 && <p className="blind-note">{t('turn.none')}</p>}
      {isWhole && (
        <ol className="num">
          {found.turns.map(turn => (
            <li key={turn.from}>{turnText(words, turn)}</li>
          ))}
        </ol>
      )}
      {begun && <p className="quiet">{t('turn.begun')}</p>}
    </div>
  );
  return { isWhole, preview };
}

function Targets({
  assetIds,
  sensorIds,
  onChange,
}: Pick<Fields, 'assetIds' | 'sensorIds'> & { readonly onChange: (change: Partial<Fields>) => void }) {
  const { t } = useWords();
  const [isWanted, setWanted] = useState(false);
  const assets = useAssets().data?.items ?? [];
  const sensors = useAllSensors(isWanted).data?.items ?? [];
  return (
    <>
      <FormField label={t('window.assets')} hint={t('window.assetsHint')} wide>
        <Select<string[]>
          mode="multiple"
          className="grow"
          maxCount={IDS_MAX}
          aria-label={t('window.assets')}
          showSearch={{ optionFilterProp: 'label' }}
          value={[...assetIds]}
          onChange={next => onChange({ assetIds: next })}
          options={assets.map(({ id, name }) => ({ value: id, label: `${name} ${id}` }))}
        />
      </FormField>
      <FormField label={t('window.sensors')} hint={t('window.sensorsHint')} wide>
        <Select<string[]>
          mode="multiple"
          className="grow"
          maxCount={IDS_MAX}
          aria-label={t('window.sensors')}
          showSearch={{ optionFilterProp: 'label' }}
          value={[...sensorIds]}
          onFocus={() => setWanted(true)}
          onChange={next => onChange({ sensorIds: next })}
          options={sensors.map(({ id, name }) => ({ value: id, label: `${name} ${id}` }))}
        />
      </FormField>
    </>
  );
}
