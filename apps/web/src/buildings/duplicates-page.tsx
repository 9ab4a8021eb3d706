import { Button, Input } from 'antd';
import { useState } from 'react';
import type { BuildingSummaryShape, DuplicatePairShape } from '@anmai/wire';
import { useMe } from '../session/data';
import { mayEngineer } from '../session/permissions';
import { Empty, ListSkeleton, ProblemNote } from '../shell/notes';
import { chooseBuilding } from '../shell/route';
import { useWords } from '../text/language';
import { GradeBadge, ProtectionBadge } from './building-parts';
import { yearText } from './building-text';
import { useDecide, useDuplicates } from './import-data';

/** Pairs that may be one building. A person decides, and says why; nothing merges by itself. */
export function DuplicatesPage() {
  const { t } = useWords();
  const query = useDuplicates();
  const me = useMe().data;
  const pairs = query.data?.items ?? [];
  if (query.isPending) return <ListSkeleton />;
  return (
    <section data-testid="duplicates-page">
      <h2>{t('dup.title')}</h2>
      <p className="quiet">{t('dup.intro')}</p>
      {query.isError && <ProblemNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isSuccess && pairs.length === 0 && <Empty title={t('dup.none')} />}
      {pairs.map(pair => (
        <Pair key={pair.id} pair={pair} may={mayEngineer(me?.role)} />
      ))}
    </section>
  );
}

function Pair({ pair, may }: { readonly pair: DuplicatePairShape; readonly may: boolean }) {
  const { t } = useWords();
  const [reason, setReason] = useState('');
  const decide = useDecide();
  const { building, other, reasons } = pair;
  const say = (keptId: string | null): void => decide.mutate({ pair, keptId, reason: reason.trim() });
  return (
    <article className="duplicate" data-testid="duplicate" data-pair-id={pair.id}>
      <p>
        <b>{reasons.map(each => t(`dup.reason.${each}`)).join('、')}</b>
      </p>
      <div className="duplicate-sides">
        {[building, other].map(side => (
          <div key={side.id}>
            <Side building={side} />
            {may && (
              <Button
                size="small"
                disabled={reason.trim() === ''}
                loading={decide.isPending}
                onClick={() => say(side.id)}
              >
                {t('dup.keep')}
              </Button>
            )}
          </div>
        ))}
      </div>
      {may && (
        <div className="duplicate-why">
          <Input
            size="small"
            value={reason}
            maxLength={500}
            placeholder={t('dup.whyNeeded')}
            aria-label={t('dup.why')}
            onChange={event => setReason(event.target.value)}
          />
          <Button
            size="small"
            disabled={reason.trim() === ''}
            loading={decide.isPending}
            onClick={() => say(null)}
          >
            {t('dup.different')}
          </Button>
        </div>
      )}
      {decide.isError && <ProblemNote error={decide.error} />}
    </article>
  );
}

function Side({ building }: { readonly building: BuildingSummaryShape }) {
  const words = useWords();
  const { t } = words;
  return (
    <>
      <p>
        <button type="button" className="as-link" onClick={() => chooseBuilding(building.id)}>
          {building.name}
        </button>{' '}
        <GradeBadge grade={building.grade} /> <ProtectionBadge protection={building.protection} />
      </p>
      <p>{building.address || t('bld.notKnown')}</p>
      <p className="quiet">
        {t(`structure.${building.structure}`)} · {yearText(words, building.yearBuilt)}
        {building.storeys !== null && ` · ${t('fact.storeysOf', { n: building.storeys })}`} · {building.id}
      </p>
    </>
  );
}
