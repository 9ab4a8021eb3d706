import { Button } from 'antd';
import { useState } from 'react';
import type { InhibitionShape } from '@anmai/wire';
import { PaneSkeleton, ProblemNote } from '../shell/notes';
import { useWords } from '../text/language';
import { InhibitionForm } from './inhibition-form';
import { InhibitionList } from './inhibition-list';
import { useInhibitions, useIsPlatformWide } from './plan-data';

/** By which rules causes hide consequences. They hold for the whole platform, so only its operator changes them. */
export function InhibitionsPart({ may }: { readonly may: boolean }) {
  const { t } = useWords();
  const query = useInhibitions();
  const isWide = useIsPlatformWide();
  const [open, setOpen] = useState<'none' | 'new' | InhibitionShape>('none');
  const items = query.data?.items ?? [];
  const mayHere = may && isWide;
  const reload = (): void => {
    setOpen('none');
    void query.refetch();
  };
  return (
    <section>
      <div className="part-head">
        <p className="quiet">{t('inhibit.intro')}</p>
        {may && !isWide && <p className="note">{t('plan.platformOnly')}</p>}
        {mayHere && open === 'none' && (
          <Button type="primary" data-testid="inhibition-new" onClick={() => setOpen('new')}>
            {t('inhibit.new')}
          </Button>
        )}
      </div>
      {open !== 'none' && (
        <InhibitionForm
          key={open === 'new' ? 'new' : open.id}
          before={open === 'new' ? null : open}
          onDone={() => setOpen('none')}
          onReload={reload}
        />
      )}
      {query.isError && <ProblemNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.data?.cut && <p className="note">{t('plan.cut', { n: items.length })}</p>}
      {query.isPending ? (
        <PaneSkeleton />
      ) : (
        <InhibitionList rules={items} may={mayHere} onEdit={setOpen} onReload={() => void query.refetch()} />
      )}
    </section>
  );
}
