import { Switch } from 'antd';
import type { RuleCoverage, RuleShape } from '@anmai/wire';
import { SeverityMark } from '../look/severity-mark';
import { ProblemNote } from '../shell/notes';
import { useWords } from '../text/language';
import { useSwitch } from './rule-data';
import { limitWords } from './rule-words';

/** Limits with the mark of their severity, worst first. */
export function LimitMarks({ condition }: Pick<RuleShape, 'condition'>) {
  const words = useWords();
  return (
    <ul className="limit-marks">
      {limitWords(words, condition).map(({ severity, text }) => (
        <li key={`${severity} ${text}`}>
          <SeverityMark severity={severity} fill="solid" size={14} />
          <span className="quiet">{words.t(`severity.${severity}`)}</span> <span className="num">{text}</span>
        </li>
      ))}
    </ul>
  );
}

/** Source in a line; a limit that nobody signed says so, and until when. */
export function SourceShort({ source }: Pick<RuleShape, 'source'>) {
  const { t } = useWords();
  switch (source.kind) {
    case 'standard':
      return <>{`${source.ref} ${source.clause}`}</>;
    case 'engineer':
      return <>{t('why.signedOn', { name: source.name, day: source.signedOn })}</>;
    case 'assumption':
      return (
        <span title={source.why}>
          <span className="provisional">{t('why.assumption')}</span>
          <span className="quiet num">{t('why.reviewBy', { day: source.reviewBy })}</span>
        </span>
      );
  }
}

/** What a rule really watches. Covering without judging stands out: it looks like seeing nothing wrong. */
export function CoverageWords({ coverage }: { readonly coverage: RuleCoverage | undefined }) {
  const { t } = useWords();
  if (!coverage) return <span className="quiet">{t('cover.unknown')}</span>;
  const { sensors, learning, faultCount } = coverage;
  return (
    <span className="coverage num">
      <span className={sensors === 0 ? 'quiet' : ''}>
        {sensors === 0 ? t('cover.none') : t('cover.sensors', { n: sensors })}
      </span>
      {learning > 0 && <span className="quiet">{t('cover.learning', { n: learning })}</span>}
      {faultCount > 0 && <b className="figure notable">{t('cover.faults', { n: faultCount })}</b>}
    </span>
  );
}

export function EnabledSwitch({ rule, may }: { readonly rule: RuleShape; readonly may: boolean }) {
  const { t } = useWords();
  const edit = useSwitch(rule);
  return (
    <>
      <Switch
        size="small"
        checked={rule.enabled}
        disabled={!may}
        loading={edit.isPending}
        aria-label={`${t('col.enabled')} ${rule.name}`}
        data-testid="rule-enabled"
        onChange={enabled => edit.mutate(enabled)}
      />
      {edit.isError && <ProblemNote error={edit.error} />}
    </>
  );
}
