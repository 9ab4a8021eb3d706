import { Button, Input, InputNumber, Select } from 'antd';
import { HOPS_MAX, type Reach } from '@anmai/alarms';
import type { InhibitionShape } from '@anmai/wire';
import { useState } from 'react';
import { FormField } from '../shell/form-field';
import { SaveProblem } from '../shell/save-problem';
import { SpanInput } from '../shell/span-input';
import { useWords } from '../text/language';
import { MatcherFields } from './matcher-fields';
import { useSavePlan, type InhibitionBody } from './plan-data';

const REASON_CHARS_MAX = 500;
const HOPS_FIRST = 3;
const REACHES = ['asset', 'downstream', 'neighbours', 'org'] as const;
const NEW: InhibitionBody = {
  cause: {},
  hides: { severityMax: 'yellow' },
  within: { kind: 'asset' },
  reason: '',
};

interface FormProps {
  /** null: a new one. */
  readonly before: InhibitionShape | null;
  readonly onDone: () => void;
  readonly onReload: () => void;
}

const reachAs = (kind: Reach['kind'], before: Reach): Reach =>
  kind === 'asset' || kind === 'org' ? { kind } : { kind, hops: 'hops' in before ? before.hops : HOPS_FIRST };

function bodyOf(before: InhibitionShape | null): InhibitionBody {
  if (before === null) return NEW;
  const { version: _, id: __, ...body } = before;
  return body;
}

/** Which cause hides which consequences, where, and for how long. */
export function InhibitionForm({ before, onDone, onReload }: FormProps) {
  const { t } = useWords();
  const [body, setBody] = useState<InhibitionBody>(() => bodyOf(before));
  const save = useSavePlan<InhibitionBody>('inhibitions');
  const set = (change: Partial<InhibitionBody>): void => setBody({ ...body, ...change });
  const hasCause = Object.keys(body.cause).length > 0;
  const isWhole = hasCause && body.reason.trim() !== '';
  return (
    <section className="plan-form" data-testid="inhibition-form">
      <h3>{t(before === null ? 'inhibit.new' : 'inhibit.change')}</h3>
      <div className="rule-columns">
        <div>
          <h3>{t('inhibit.cause')}</h3>
          <MatcherFields
            label={t('inhibit.cause')}
            matcher={body.cause}
            severityMax="optional"
            onChange={cause => set({ cause })}
          />
        </div>
        <div>
          <h3>{t('inhibit.hides')}</h3>
          <MatcherFields
            label={t('inhibit.hides')}
            matcher={body.hides}
            severityMax="needed"
            onChange={hides => set({ hides: { ...hides, severityMax: hides.severityMax ?? 'yellow' } })}
          />
        </div>
      </div>
      <div className="form-grid">
        <ReachField within={body.within} onChange={within => set({ within })} />
        <FormField label={t('inhibit.max')} hint={t('inhibit.maxHint')}>
          <SpanInput
            ms={body.maxMs ?? null}
            label={t('inhibit.max')}
            placeholder={t('inhibit.unlimited')}
            onChange={ms => {
              const { maxMs: _, ...others } = body;
              setBody(ms === null ? others : { ...others, maxMs: ms });
            }}
          />
        </FormField>
        <FormField label={t('inhibit.reason')} hint={t('inhibit.reasonHint')} wide>
          <Input
            size="small"
            value={body.reason}
            maxLength={REASON_CHARS_MAX}
            aria-label={t('inhibit.reason')}
            onChange={event => set({ reason: event.target.value })}
          />
        </FormField>
      </div>
      {save.isError && <SaveProblem error={save.error} onReload={onReload} />}
      <div className="draft-actions">
        <Button
          type="primary"
          data-testid="inhibition-save"
          disabled={!isWhole}
          loading={save.isPending}
          onClick={() => save.mutate({ before, body }, { onSuccess: onDone })}
        >
          {t(before === null ? 'plan.create' : 'plan.save')}
        </Button>
        <Button onClick={onDone}>{t('plan.cancel')}</Button>
        <span className="quiet">
          {t(hasCause ? (isWhole ? 'inhibit.effect' : 'inhibit.lacksReason') : 'inhibit.lacksCause')}
        </span>
      </div>
    </section>
  );
}

function ReachField({
  within,
  onChange,
}: {
  readonly within: Reach;
  readonly onChange: (within: Reach) => void;
}) {
  const { t } = useWords();
  return (
    <FormField label={t('inhibit.within')} {...('hops' in within ? { after: t('reach.hops') } : {})}>
      <Select<Reach['kind']>
        size="small"
        style={{ minWidth: 130 }}
        aria-label={t('inhibit.within')}
        value={within.kind}
        onChange={kind => onChange(reachAs(kind, within))}
        options={REACHES.map(value => ({ value, label: t(`reach.${value}`) }))}
      />
      {'hops' in within && (
        <InputNumber
          size="small"
          controls={false}
          min={1}
          max={HOPS_MAX}
          precision={0}
          value={within.hops}
          aria-label={t('reach.hops')}
          onChange={hops => onChange({ ...within, hops: hops ?? 1 })}
        />
      )}
    </FormField>
  );
}
