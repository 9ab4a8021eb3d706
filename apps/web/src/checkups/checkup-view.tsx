import { Button } from 'antd';
import { resultWords, SCALE_WORDS } from '@anmai/lifecycle';
import type { CheckupDetailShape } from '@anmai/wire';
import { useCentre } from '../session/centre';
import { PaneSkeleton, ProblemNote } from '../shell/notes';
import { chooseBuilding } from '../shell/route';
import { fullTime } from '../text/format';
import { useWords } from '../text/language';
import { useCheckup, useForm } from './checkup-data';
import { JudgeForm } from './judge-form';
import { RecordBody } from './record-body';
import { CheckupBadge } from './state-badge';

/** One check-up: how it ended, what was found, every answer, who signed, and what happened to it. */
export function CheckupView({ id }: { readonly id: string }) {
  const { t, lang } = useWords();
  const query = useCheckup(id);
  const checkup = query.data;
  const record = checkup?.records[0];
  const form = useForm(record?.form ?? null).data;
  if (query.isError) return <ProblemNote error={query.error} onRetry={() => void query.refetch()} />;
  if (checkup === undefined) return <PaneSkeleton />;
  return (
    <article className="checkup-view" data-testid="checkup" data-checkup-id={id}>
      <header className="building-head">
        <h2>{checkup.building.name}</h2>
        <CheckupBadge state={checkup.state} />
        <span className="quiet">
          {t(`chkKind.${checkup.kind}`)} · {checkup.building.address} · {checkup.ruleSet.id} v
          {checkup.ruleSet.version}
        </span>
        <Button size="small" type="link" onClick={() => chooseBuilding(checkup.building.id)}>
          {t('chk.toFile')}
        </Button>
        {record !== undefined && <PdfButton id={id} />}
      </header>
      {checkup.note !== null && <p className="merged-note">{checkup.note}</p>}
      {checkup.demand !== null && <p className="merged-note">{checkup.demand.reason}</p>}
      {record === undefined ? (
        <p className="quiet">{t('chk.noRecord')}</p>
      ) : (
        <>
          <p className="checkup-result" data-result={JSON.stringify(record.result)}>
            <span className="quiet">{SCALE_WORDS[record.result.scale][lang]}</span>
            <b>{resultWords(record.result)[lang]}</b>
          </p>
          {form === undefined ? <PaneSkeleton /> : <RecordBody record={record} form={form} />}
        </>
      )}
      <JudgeForm checkup={checkup} />
      <History checkup={checkup} />
    </article>
  );
}

/** Opened in a tab of its own: the token does not go into an address. */
function PdfButton({ id }: { readonly id: string }) {
  const { t, lang } = useWords();
  const { api } = useCentre();
  const show = async (): Promise<void> => {
    const path = `/reports/checkups/${encodeURIComponent(id)}.pdf?language=${lang}`;
    const response = await api.open(path, {});
    if (response.ok) window.open(URL.createObjectURL(await response.blob()), '_blank', 'noopener');
  };
  return (
    <Button size="small" onClick={() => void show()}>
      {t('chk.pdf')}
    </Button>
  );
}

function History({ checkup }: { readonly checkup: CheckupDetailShape }) {
  const { t } = useWords();
  return (
    <section>
      <h3>{t('chk.history')}</h3>
      <ol className="checkup-history">
        {checkup.history.map(({ at, actor, step, note }, i) => (
          <li key={i}>
            <time className="num">{fullTime(Date.parse(at))}</time>
            <span>{t(`chkStep.${step}` as 'chkStep.plan')}</span>
            <span>{actor}</span>
            <span className="quiet">{note}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
