import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { HAZARD_SOURCES } from '@anmai/lifecycle';
import { FormField } from '../shell/form-field';
import { useWords } from '../text/language';
import { FilePicker } from './file-picker';
import { useReportHazard } from './hazard-data';
import { SafetyRefusal } from './safety-refusal';

interface ReportProps {
  readonly buildingId: string;
  readonly onDone: (id: string | null) => void;
}

/** A hazard of one building, as it was found. */
export function HazardReportForm({ buildingId, onDone }: ReportProps) {
  const { t } = useWords();
  const [draft, setDraft] = useState({
    title: '',
    where: '',
    note: '',
    reporter: '',
    source: 'patrol',
  });
  const [fileIds, setFiles] = useState<readonly string[]>([]);
  const report = useReportHazard();
  const set = (change: Partial<typeof draft>): void => setDraft({ ...draft, ...change });
  const line = (key: 'title' | 'where' | 'reporter', label: string) => (
    <FormField label={label}>
      <Input
        size="small"
        style={{ width: 260 }}
        maxLength={200}
        aria-label={label}
        data-testid={`hazard-${key}`}
        value={draft[key]}
        onChange={event => set({ [key]: event.target.value })}
      />
    </FormField>
  );
  return (
    <section className="plan-form" data-testid="hazard-report">
      <h3>{t('haz.new')}</h3>
      <div className="form-grid">
        {line('title', t('haz.title'))}
        {line('where', t('haz.where'))}
        <FormField label={t('haz.source')}>
          <Select
            size="small"
            style={{ minWidth: 130 }}
            aria-label={t('haz.source')}
            value={draft.source}
            onChange={source => set({ source })}
            options={HAZARD_SOURCES.map(value => ({ value, label: t(`hazSource.${value}`) }))}
          />
        </FormField>
        {line('reporter', t('haz.reporter'))}
        <FormField label={t('haz.note')} wide>
          <Input.TextArea
            className="grow"
            autoSize={{ minRows: 2, maxRows: 6 }}
            maxLength={2_000}
            value={draft.note}
            onChange={event => set({ note: event.target.value })}
          />
        </FormField>
        <FormField label={t('haz.photosBefore')} wide>
          <FilePicker
            label={t('haz.addPhotos')}
            kind="photo"
            accept="image/*"
            files={fileIds}
            onFiles={setFiles}
            testId="hazard-files"
          />
        </FormField>
      </div>
      {report.isError && <SafetyRefusal error={report.error} />}
      <div className="draft-actions">
        <Button
          type="primary"
          data-testid="hazard-send"
          disabled={draft.title.trim() === ''}
          loading={report.isPending}
          onClick={() =>
            report.mutate({ buildingId, ...draft, fileIds }, { onSuccess: made => onDone(made.id) })
          }
        >
          {t('haz.report')}
        </Button>
        <Button onClick={() => onDone(null)}>{t('bld.cancel')}</Button>
      </div>
    </section>
  );
}
