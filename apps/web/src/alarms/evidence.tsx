import type { LimitSource } from '@anmai/catalog';
import type { AlarmShape } from '@anmai/wire';
import { useLatest } from '../assets/latest';
import { useNow } from '../shell/now';
import { useWords } from '../text/language';
import { readingText, unitText } from '../text/format';
import { spanText } from '../text/words';
import { decidingValue, isSilence, limitText, unitOf } from './alarm-text';

const AGE_MS = 5_000;

/** The value now and at the decision, against the limit. Never a number alone. */
export function HowBad({ alarm }: { readonly alarm: AlarmShape }) {
  const words = useWords();
  const { t } = words;
  const now = useNow(AGE_MS);
  const { sensor, latest } = useLatest(alarm.sensorId);
  const own = unitText(sensor?.unit ?? '');
  const unit = unitOf(alarm) || own;
  const stale = alarm.condition === 'blind' || (isSilence(alarm) && alarm.condition === 'active');
  const ageMs = latest ? now - Date.parse(latest.at) : null;
  const age =
    ageMs === null
      ? t('detail.neverHeard')
      : ageMs < 1_000
        ? t('detail.justHeard')
        : t('detail.lastHeard', { span: spanText(words, ageMs) });
  return (
    <section>
      <h3>{t('detail.howBad')}</h3>
      <dl className="figures">
        <div className={stale ? 'stale' : ''}>
          <dt>{t(stale ? 'detail.lastValue' : 'detail.now')}</dt>
          <dd className="num">
            {readingText(latest?.value ?? null)} <small>{sensor ? own : unit}</small>
          </dd>
          <p className="quiet num">{sensor ? age : ' '}</p>
        </div>
        <div>
          {/* Silence has no value that decided. */}
          {!isSilence(alarm) && (
            <>
              <dt>{t('detail.atRaise')}</dt>
              <dd className="num">
                {readingText(decidingValue(alarm))} <small>{unit}</small>
              </dd>
            </>
          )}
        </div>
        <div>
          <dt>{t('detail.limit')}</dt>
          <dd className="num limit-words">{limitText(words, alarm.evidence.limit)}</dd>
        </div>
      </dl>
    </section>
  );
}

export function Source({ source }: { readonly source: LimitSource }) {
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
