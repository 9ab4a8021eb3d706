import { Button, Progress, Segmented, Select } from 'antd';
import { useRef, useState } from 'react';
import type { BuildingImportShape } from '@anmai/wire';
import { useMe } from '../session/data';
import { ProblemNote } from '../shell/notes';
import { chooseBuilding } from '../shell/route';
import { fullTime } from '../text/format';
import { useWords } from '../text/language';
import { useOrgs } from './building-data';
import {
  IMPORT_ROWS_MAX,
  isRunning,
  useImport,
  usePastImports,
  useStartImport,
  useTemplate,
} from './import-data';
import { ImportFaults } from './import-faults';

/** A register as a file: sent, checked, written, with everything that is wrong by row. */
export function ImportPage() {
  const { t } = useWords();
  const [jobId, setJobId] = useState<string | null>(null);
  const job = useImport(jobId);
  return (
    <section data-testid="import-page">
      <h2>{t('imp.title')}</h2>
      <p className="quiet">{t('imp.intro', { n: IMPORT_ROWS_MAX.toLocaleString('en-US') })}</p>
      <Sending busy={job.data !== undefined && isRunning(job.data)} onStarted={setJobId} />
      {job.isError && <ProblemNote error={job.error} onRetry={() => void job.refetch()} />}
      {job.data && <JobView job={job.data} />}
      <Past chosen={jobId} onChoose={setJobId} />
    </section>
  );
}

function Sending({ busy, onStarted }: { readonly busy: boolean; readonly onStarted: (id: string) => void }) {
  const { t, lang } = useWords();
  const me = useMe().data;
  const orgs = useOrgs().data ?? [];
  const [file, setFile] = useState<File | null>(null);
  const [mode, setMode] = useState<'all' | 'good'>('all');
  const [org, setOrg] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const start = useStartImport();
  const template = useTemplate(lang);
  const orgId = org ?? me?.orgId ?? '';
  return (
    <div className="import-ask">
      <span>
        {t('imp.template')}{' '}
        {(['xlsx', 'csv'] as const).map(format => (
          <Button key={format} size="small" type="link" onClick={() => template.mutate(format)}>
            {format.toUpperCase()}
          </Button>
        ))}
      </span>
      <label>
        <span className="quiet">{t('imp.org')} </span>
        <Select
          size="small"
          value={orgId === '' ? null : orgId}
          popupMatchSelectWidth={false}
          onChange={setOrg}
          options={orgs.map(each => ({ value: each.id, label: each.name }))}
        />
      </label>
      <span>
        <span className="quiet">{t('imp.mode')} </span>
        <Segmented<'all' | 'good'>
          size="small"
          value={mode}
          onChange={setMode}
          options={(['all', 'good'] as const).map(value => ({ value, label: t(`imp.mode.${value}`) }))}
        />
      </span>
      <input
        ref={input}
        type="file"
        hidden
        accept=".csv,.xlsx"
        data-testid="import-file"
        onChange={event => setFile(event.target.files?.[0] ?? null)}
      />
      <Button size="small" onClick={() => input.current?.click()}>
        {file?.name ?? t('imp.choose')}
      </Button>
      <Button
        size="small"
        type="primary"
        data-testid="import-start"
        disabled={file === null || orgId === '' || busy}
        loading={start.isPending}
        onClick={() =>
          file !== null && start.mutate({ file, mode, orgId }, { onSuccess: job => onStarted(job.id) })
        }
      >
        {t(start.isPending ? 'imp.sending' : 'imp.start')}
      </Button>
      {(start.isError || template.isError) && <ProblemNote error={start.error ?? template.error} />}
    </div>
  );
}

const COUNTS = ['created', 'updated', 'unchanged', 'faulty', 'warned', 'proposed'] as const;

function JobView({ job }: { readonly job: BuildingImportShape }) {
  const { t } = useWords();
  const { state, rowsDone, rowsTotal } = job;
  const share = rowsTotal === null || rowsTotal === 0 ? 0 : Math.round((rowsDone / rowsTotal) * 100);
  return (
    <div className="import-job" data-testid="import-job" data-state={state}>
      <p>
        <b>{t(`imp.state.${state}`)}</b> <span className="quiet">{job.fileName}</span>{' '}
        <span className="num">{t('imp.rows', { done: rowsDone, all: rowsTotal ?? '…' })}</span>
      </p>
      {isRunning(job) && <Progress percent={share} size="small" status="normal" showInfo={false} />}
      <dl className="import-counts">
        {COUNTS.map(key => (
          <div key={key} data-count={key}>
            <dt>{t(`imp.${key}`)}</dt>
            <dd className="num">{job[key]}</dd>
          </div>
        ))}
      </dl>
      {state === 'failed' && (
        <p>
          {job.reason} {t('imp.failedHint')}
        </p>
      )}
      {job.proposed > 0 && (
        <Button size="small" type="link" onClick={() => chooseBuilding(null, 'duplicates')}>
          {t('imp.toDuplicates')}
        </Button>
      )}
      <ImportFaults job={job} />
    </div>
  );
}

function Past({
  chosen,
  onChoose,
}: {
  readonly chosen: string | null;
  readonly onChoose: (id: string) => void;
}) {
  const { t } = useWords();
  const query = usePastImports();
  const items = query.data?.items ?? [];
  return (
    <section className="import-past">
      <h3>{t('imp.past')}</h3>
      {query.isSuccess && items.length === 0 && <p className="quiet">{t('imp.nothing')}</p>}
      <table className="plain">
        <tbody>
          {items.map(job => (
            <tr key={job.id} aria-current={job.id === chosen}>
              <td className="num quiet">{fullTime(job.startedAt)}</td>
              <td>
                <button type="button" className="as-link" onClick={() => onChoose(job.id)}>
                  {job.fileName}
                </button>
              </td>
              <td>{t(`imp.state.${job.state}`)}</td>
              <td className="num right">
                {t('imp.rows', { done: job.rowsDone, all: job.rowsTotal ?? '…' })}
              </td>
              <td className="quiet">{job.actor}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
