import type { LimitSource } from '@anmai/catalog';
import type { AlarmShape } from '@anmai/wire';
import { useLatest } from '../assets/latest';
import { useNow } from '../shell/now';
import { useWords } from '../text/language';
import { readingText } from '../text/format';
import { spanText } from '../text/words';
import { decidingValue, limitText, unitOf } from './alarm-text';

const AGE_MS = 5_000;

/** The value now and at the decision, against the limit. Never a number alone. */
export function HowBad({ alarm }: { readonly alarm: AlarmShape }) {
  const words = useWords();
  const { t } = words;
  const now = useNow(AGE_MS);
  const { sensor, latest } = useLatest(alarm.sensorId);
  const unit = unitOf(alarm) || (sensor?.unit ?? '');
  const stale = alarm.condition === 'blind';
  const age = latest
    ? t('detail.lastHeard', { span: spanText(words, now - Date.parse(latest.at)) })
    : t('detail.neverHeard');
  return (
    <section>
      <h3>{t('detail.howBad')}</h3>
      <dl className="figures">
        <div className={stale ? 'stale' : ''}>
          <dt>{t('detail.now')}</dt>
          <dd className="num">
            {readingText(latest?.value ?? null)} <small>{sensor?.unit ?? unit}</small>
          </dd>
          <p className="quiet num">{sensor ? age : ' '}</p>
        </div>
        <div>
          <dt>{t('detail.atRaise')}</dt>
          <dd className="num">
            {readingText(decidingValue(alarm))} <small>{unit}</small>
          </dd>
        </div>
        <div>
          <dt>{t('detail.limit')}</dt>
          <dd className="num limit-words">{limitText(words, alarm.evidence.limit)}</dd>
        </div>
      </dl>
    </section>
  );
}

function Source({ source }: { readonly source: LimitSource }) {
  const { t } = useWords();
  switch (source.kind) {
    case 'standard':
      return (
        <>
          {t('why.standard')} <b>{source.ref}</b> {source.clause}
        </>
      );
    case 'engineer':
      return (
        <>
          {t('why.engineer')} <b>{t('why.signedOn', { name: source.name, day: source.signedOn })}</b>
        </>
      );
    case 'assumption':
      return (
        <>
          <span className="provisional">{t('why.assumption')}</span>
          {t('why.assumptionNote', { why: source.why })}
          <span className="quiet num"> {t('why.reviewBy', { day: source.reviewBy })}</span>
        </>
      );
  }
}

/** Rule, version and where its limit comes from. A limit that nobody signed says so. */
export function Why({ alarm }: { readonly alarm: AlarmShape }) {
  const { t } = useWords();
  return (
    <section>
      <h3>{t('detail.why')}</h3>
      <dl className="facts">
        <dt>{t('why.rule')}</dt>
        <dd>
          {alarm.ruleName} <span className="quiet num">{t('why.version', { n: alarm.ruleVersion })}</span>
        </dd>
        <dt>{t('why.source')}</dt>
        <dd data-testid="evidence-source" data-kind={alarm.evidence.source.kind}>
          <Source source={alarm.evidence.source} />
        </dd>
      </dl>
    </section>
  );
}
