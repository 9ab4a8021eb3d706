import type { MoneyRulesShape } from '@anmai/wire';
import { ListSkeleton, ProblemNote } from '../shell/notes';
import { useWords } from '../text/language';
import type { TextKey } from '../text/words';
import { fenText } from './fen-text';
import { useEstimate, useMoneyRules } from './money-data';

type PotRules = MoneyRulesShape['pots']['public'];

/** What may come in and go out, who has to agree, and what the coming year needs. What is provisional says so. */
export function RulesView() {
  const { t } = useWords();
  const query = useMoneyRules();
  if (query.isError) return <ProblemNote error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <ListSkeleton />;
  const { pots, version } = query.data;
  return (
    <section className="money-rules">
      <Need />
      <p className="quiet">{t('money.rulesVersion', { n: version })}</p>
      <div className="money-pots">
        {(['public', 'individual'] as const).map(pot => (
          <section key={pot} className="money-pot">
            <h3>{t(`money.pot.${pot}` as TextKey)}</h3>
            <Codes title={t('money.sources')} codes={pots[pot].sources} />
            <Codes title={t('money.uses')} codes={pots[pot].uses} />
            <Levels rules={pots[pot]} />
          </section>
        ))}
      </div>
    </section>
  );
}

function Source({ source }: { readonly source: PotRules['levelSource'] }) {
  const { t } = useWords();
  if (source.kind === 'document') return <span className="quiet">{source.ref}</span>;
  return (
    <span className="quiet">
      <span className="money-provisional">{t('money.provisional')}</span> {source.why}
    </span>
  );
}

function Codes({ title, codes }: { readonly title: string; readonly codes: PotRules['uses'] }) {
  const { lang } = useWords();
  return (
    <>
      <h4>{title}</h4>
      <ul className="money-codes">
        {codes.map(each => (
          <li key={each.code}>
            {each[lang]} <Source source={each.source} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Levels({ rules }: { readonly rules: PotRules }) {
  const words = useWords();
  const { t } = words;
  return (
    <>
      <h4>{t('money.levels')}</h4>
      <ul className="money-codes">
        {rules.levels.map(level => (
          <li key={level.uptoFen ?? 'all'}>
            {level.uptoFen === null
              ? t('money.levelAbove', { n: level.approvals })
              : t('money.levelUpto', { amount: fenText(words, level.uptoFen), n: level.approvals })}
          </li>
        ))}
      </ul>
      <Source source={rules.levelSource} />
      {rules.vote !== null && (
        <p>
          {t('money.vote', { part: rules.vote.takePart.join('/'), agree: rules.vote.agree.join('/') })}{' '}
          <Source source={rules.vote.source} />
        </p>
      )}
    </>
  );
}

function Need() {
  const words = useWords();
  const { t } = words;
  const { data } = useEstimate();
  if (data === undefined) return null;
  return (
    <div className="money-need">
      <h3>{t('money.need')}</h3>
      {!data.hasPlan && <p className="money-provisional">{t('money.needNoPlan')}</p>}
      {data.hasPlan && (
        <dl>
          <dt>{t('money.needSum')}</dt>
          <dd className="num">{fenText(words, data.needFen)}</dd>
          <dt>{t('money.free')}</dt>
          <dd className="num">{fenText(words, data.freeFen)}</dd>
          <dt>{t('money.gap')}</dt>
          <dd className="num strong">{fenText(words, data.gapFen)}</dd>
          <dt>{t('money.needUnknown')}</dt>
          <dd className="num">{data.unknown}</dd>
        </dl>
      )}
      <p className="quiet">{t('money.needHint')}</p>
    </div>
  );
}
