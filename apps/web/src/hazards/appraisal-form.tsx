import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { BUILDING_GRADES, HANDLINGS, type BuildingGrade } from '@anmai/lifecycle';
import { FormField } from '../shell/form-field';
import { useWords } from '../text/language';
import { FilePicker } from './file-picker';
import { Steps } from './grading-steps';
import { useCompute, useFileAppraisal, useGradeFacts } from './hazard-data';
import { SafetyRefusal } from './safety-refusal';

interface FormProps {
  readonly buildingId: string;
  readonly onDone: () => void;
}
type Proof = readonly string[];
const proof = ([sha256]: Proof) => (sha256 === undefined ? null : { fileId: sha256, sha256 });

/** An appraisal report on its way into the file. What was counted may come along as the agency's data file (JSON). */
export function AppraisalForm({ buildingId, onDone }: FormProps) {
  const { t } = useWords();
  const facts = useGradeFacts(buildingId).data;
  const file = useFileAppraisal();
  const [draft, setDraft] = useState({ agency: '', reportNumber: '', day: '', grade: 'C' as BuildingGrade, handling: '', approvedBy: '', note: '' });
  const [report, setReport] = useState<Proof>([]);
  const [plan, setPlan] = useState<Proof>([]);
  const [approval, setApproval] = useState<Proof>([]);
  const [input, setInput] = useState<object | null>(null);
  const set = (change: Partial<typeof draft>): void => setDraft({ ...draft, ...change });
  const isWhole = draft.agency.trim() !== '' && draft.reportNumber.trim() !== '' && draft.day !== '';
  const isProtected = facts !== undefined && (facts.protection === null || facts.protection.length > 0);
  const planProof = proof(plan);
  const approvalProof = proof(approval);
  const body = () => ({
    ...{ buildingId, agency: draft.agency, reportNumber: draft.reportNumber, note: draft.note, grade: draft.grade, input },
    reportedAt: new Date(`${draft.day}T00:00:00+08:00`).toISOString(),
    handling: draft.handling === '' ? null : draft.handling,
    report: proof(report),
    protectionPlan:
      planProof === null || approvalProof === null || draft.approvedBy === ''
        ? null
        : { plan: planProof, approval: approvalProof, approvedBy: draft.approvedBy },
  });
  const line = (key: 'agency' | 'reportNumber' | 'approvedBy' | 'note') => (
    <FormField label={t(`apr.${key}`)}>
      <Input size="small" style={{ width: 220 }} maxLength={200} aria-label={t(`apr.${key}`)} data-testid={`apr-${key}`} value={draft[key]} onChange={event => set({ [key]: event.target.value })} />
    </FormField>
  );
  return (
    <section className="plan-form" data-testid="appraisal-form">
      <h3>{t('apr.new')}</h3>
      <div className="form-grid">
        {line('agency')}
        {line('reportNumber')}
        <FormField label={t('apr.day')}>
          <input type="date" className="wall" aria-label={t('apr.day')} data-testid="apr-day" value={draft.day} onChange={event => set({ day: event.target.value })} />
        </FormField>
        <FormField label={t('apr.grade')}>
          <Select size="small" style={{ width: 80 }} aria-label={t('apr.grade')} data-testid="apr-grade" value={draft.grade} onChange={grade => set({ grade })} options={BUILDING_GRADES.map(value => ({ value, label: value }))} />
        </FormField>
        <FormField label={t('apr.handling')} hint={t('apr.handlingHint')}>
          <Select size="small" allowClear style={{ width: 160 }} aria-label={t('apr.handling')} value={draft.handling || undefined} onChange={(handling: string | undefined) => set({ handling: handling ?? '' })} options={HANDLINGS.map(value => ({ value, label: t(`aprHandling.${value}`) }))} />
        </FormField>
        {line('note')}
        <FormField label={t('apr.report')} wide>
          <FilePicker label={t('apr.addReport')} kind="document" accept="application/pdf,image/*" single files={report} onFiles={setReport} testId="apr-report" />
        </FormField>
        {isProtected && draft.handling === 'demolish' && (
          <FormField label={t('apr.protected')} hint={t('apr.protectedHint')} wide>
            <FilePicker label={t('apr.addPlan')} kind="document" accept="application/pdf" single files={plan} onFiles={setPlan} testId="apr-plan" />
            <FilePicker label={t('apr.addApproval')} kind="document" accept="application/pdf" single files={approval} onFiles={setApproval} testId="apr-approval" />
            {line('approvedBy')}
          </FormField>
        )}
        <FormField label={t('apr.counted')} hint={t('apr.countedHint')} wide>
          <CountedFile onInput={setInput} />
        </FormField>
      </div>
      {file.isError && <SafetyRefusal error={file.error} />}
      <div className="draft-actions">
        <Button type="primary" data-testid="apr-file" disabled={!isWhole} loading={file.isPending} onClick={() => file.mutate(body(), { onSuccess: onDone })}>
          {t('apr.file')}
        </Button>
        <Button onClick={onDone}>{t('bld.cancel')}</Button>
      </div>
    </section>
  );
} // prettier-ignore

/** The agency's counts as JSON: graded here at once, each step explained, before anything is filed. */
function CountedFile({ onInput }: { readonly onInput: (input: object | null) => void }) {
  const { t } = useWords();
  const compute = useCompute();
  const [text, setText] = useState('');
  const [isBroken, setBroken] = useState(false);
  const take = (given: string): void => {
    setText(given);
    setBroken(false);
    compute.reset();
    onInput(null);
    if (given.trim() === '') return;
    try {
      const input = JSON.parse(given) as object;
      compute.mutate(input, { onSuccess: () => onInput(input) });
    } catch {
      setBroken(true);
    }
  };
  return (
    <div className="counted-file">
      <Input.TextArea
        className="grow"
        autoSize={{ minRows: 2, maxRows: 8 }}
        value={text}
        aria-label={t('apr.counted')}
        data-testid="apr-counted"
        onChange={event => take(event.target.value)}
      />
      {isBroken && <p className="field-fault">{t('apr.noJson')}</p>}
      {compute.isError && <SafetyRefusal error={compute.error} />}
      {compute.data !== undefined && <Steps grading={compute.data} />}
    </div>
  );
}
