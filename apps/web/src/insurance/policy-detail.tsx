import type { DutiesShape, PolicyShape } from '@anmai/wire';
import { fenText } from '../money/fen-text';
import { PaneSkeleton, ProblemNote } from '../shell/notes';
import { fullTime } from '../text/format';
import { useWords } from '../text/language';
import type { TextKey } from '../text/words';
import { useDuties, usePolicy } from './insurance-data';

const BUILDINGS_SHOWN = 100;

/** What a policy covers and pays, and how its insurer fulfils the patrols that it owes. */
export function PolicyDetail({ id }: { readonly id: string }) {
  const query = usePolicy(id);
  const duties = useDuties(id);
  if (query.isError) return <ProblemNote error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <PaneSkeleton />;
  return (
    <div className="money-detail-grid">
      <Terms policy={query.data} />
      <Covers policy={query.data} duties={duties.data} />
    </div>
  );
}

function Terms({ policy }: { readonly policy: PolicyShape }) {
  const words = useWords();
  const { t } = words;
  const { limits } = policy;
  const rows: readonly (readonly [TextKey, string])[] = [
    [
      'insurance.triggers',
      policy.triggers.map(each => t(`insurance.trigger.${each}` as TextKey)).join(' · '),
    ],
    ['insurance.perBuilding', fenText(words, limits.perBuildingFen)],
    ['insurance.perM2', fenText(words, limits.perM2Fen)],
    ['insurance.perEvent', fenText(words, limits.perEventFen)],
    ['insurance.perPerson', fenText(words, limits.perPersonFen)],
    ['insurance.total', fenText(words, limits.totalFen)],
    ['insurance.deductible', fenText(words, policy.deductibleFen)],
    ['insurance.ownersShare', `${policy.ownersShareBp / 100} %`],
    ['insurance.premium', fenText(words, policy.premiumFen)],
    ['insurance.from', fullTime(policy.startsAt)],
  ];
  return (
    <dl className="policy-terms">
      {rows.map(([label, value]) => (
        <div key={label}>
          <dt>{t(label)}</dt>
          <dd className="num">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Covers({
  policy,
  duties,
}: {
  readonly policy: PolicyShape;
  readonly duties: DutiesShape | undefined;
}) {
  const words = useWords();
  const { t } = words;
  const slots = new Map(duties?.buildings.map(each => [each.buildingId, each.slots]));
  return (
    <div>
      {duties !== undefined && policy.duties.length > 0 && (
        <p>
          {(['fulfilled', 'late', 'overdue', 'due'] as const).map(state => (
            <span key={state} className="duty-count">
              <i className={`duty ${state}`} /> {t(`insurance.duty.${state}` as TextKey)}{' '}
              <b className="num">{duties.counts[state]}</b>
            </span>
          ))}
        </p>
      )}
      <table className="plain kpi-table">
        <thead>
          <tr>
            <th>{t('insurance.building')}</th>
            <th className="right">{t('insurance.sum')}</th>
            <th>{t('insurance.patrols')}</th>
          </tr>
        </thead>
        <tbody>
          {policy.covers.slice(0, BUILDINGS_SHOWN).map(cover => (
            <tr key={cover.buildingId}>
              <td>{cover.buildingId}</td>
              <td className="num right">
                {cover.sumFen === null ? t('insurance.sumUnknown') : fenText(words, cover.sumFen)}
              </td>
              <td>
                {(slots.get(cover.buildingId) ?? []).map(slot => (
                  <i
                    key={`${slot.kind} ${slot.from}`}
                    className={`duty ${slot.state}`}
                    title={`${t(`insurance.patrol.${slot.kind}` as TextKey)} ${fullTime(slot.from)} – ${fullTime(slot.to)}: ${t(`insurance.duty.${slot.state}` as TextKey)}`}
                  />
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {policy.covers.length > BUILDINGS_SHOWN && (
        <p className="quiet">{t('insurance.more', { n: policy.covers.length - BUILDINGS_SHOWN })}</p>
      )}
    </div>
  );
}
