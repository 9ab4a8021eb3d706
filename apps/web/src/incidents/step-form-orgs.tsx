import { Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import type { Severity } from '@anmai/catalog';
import { WORST_FIRST } from '../alarms/severity';
import { useWords } from '../text/language';
import { useOrgs } from './incident-data';
import { Note, Send } from './step-form-parts';
import type { FormProps } from './step-forms';

const DUE_MINUTES = 60;
const MINUTE_MS = 60_000;

function OrgSelect({
  value,
  label,
  onChange,
}: {
  readonly value: string | null;
  readonly label: string;
  readonly onChange: (id: string) => void;
}) {
  const orgs = useOrgs().data?.items ?? [];
  return (
    <label className="org-select">
      <span className="quiet">{label}</span>
      <Select
        size="small"
        showSearch
        aria-label={label}
        value={value}
        onChange={onChange}
        options={orgs.map(org => ({ value: org.id, label: org.name }))}
      />
    </label>
  );
}

/** Who has to be told at this level is known; which organisation that is, a person says. */
export function WarnForm({ incident, busy, onSend }: FormProps) {
  const words = useWords();
  const { t } = words;
  const [severity, setSeverity] = useState<Severity>(incident.peak);
  const [orgs, setOrgs] = useState<Readonly<Record<string, string>>>({});
  const [text, setText] = useState('');
  const [reason, setReason] = useState('');
  const audience = incident.audience.flatMap(role => {
    const orgId = orgs[role];
    return orgId === undefined ? [] : [{ role, orgId }];
  });
  const isMilder = WORST_FIRST.indexOf(severity) > WORST_FIRST.indexOf(incident.peak);
  const complete = audience.length > 0 && text.trim() !== '';
  return (
    <div className="step-form">
      <label className="org-select">
        <span className="quiet">{t('form.level')}</span>
        <Select
          size="small"
          aria-label={t('form.level')}
          value={severity}
          onChange={setSeverity}
          options={WORST_FIRST.map(value => ({ value, label: t(`severity.${value}`) }))}
        />
      </label>
      {incident.audience.map(role => (
        <OrgSelect
          key={role}
          value={orgs[role] ?? null}
          label={words.named('audience', role)}
          onChange={id => setOrgs({ ...orgs, [role]: id })}
        />
      ))}
      <Note value={text} hint={t('form.warnHint')} onChange={setText} />
      {isMilder && <Note value={reason} hint={t('form.milderHint')} onChange={setReason} />}
      <Send
        busy={busy || !complete}
        label={t('form.send')}
        onSend={() => {
          const said = reason.trim() === '' ? null : reason.trim();
          onSend({ kind: 'warn', severity, audience, text: text.trim(), reason: said });
        }}
      />
    </div>
  );
}

export function DispatchForm({ busy, onSend }: FormProps) {
  const { t } = useWords();
  const [orgId, setOrgId] = useState<string | null>(null);
  const [what, setWhat] = useState('');
  const [minutes, setMinutes] = useState(DUE_MINUTES);
  return (
    <div className="step-form">
      <OrgSelect value={orgId} label={t('form.owner')} onChange={setOrgId} />
      <Input
        size="small"
        aria-label={t('form.what')}
        placeholder={t('form.what')}
        maxLength={200}
        value={what}
        onChange={event => setWhat(event.target.value)}
      />
      <label className="org-select">
        <span className="quiet">{t('form.minutes')}</span>
        <InputNumber
          size="small"
          min={1}
          max={10_080}
          value={minutes}
          onChange={value => setMinutes(value ?? DUE_MINUTES)}
        />
      </label>
      <Send
        busy={busy || orgId === null || what.trim() === ''}
        label={t('form.send')}
        onSend={() => {
          const dueAt = new Date(Date.now() + minutes * MINUTE_MS).toISOString();
          if (orgId !== null) onSend({ kind: 'dispatch', tasks: [{ orgId, what: what.trim(), dueAt }] });
        }}
      />
    </div>
  );
}
