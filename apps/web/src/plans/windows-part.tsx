import { Button } from 'antd';
import { useState } from 'react';
import type { ServiceWindowShape } from '@anmai/wire';
import { PaneSkeleton, ProblemNote } from '../shell/notes';
import { useWords } from '../text/language';
import { useServiceWindows } from './plan-data';
import { WindowForm } from './window-form';
import { WindowList } from './window-list';

/** Planned work, and the form for more of it. */
export function WindowsPart({ may }: { readonly may: boolean }) {
  const { t } = useWords();
  const query = useServiceWindows();
  const [open, setOpen] = useState<'none' | 'new' | ServiceWindowShape>('none');
  const items = query.data?.items ?? [];
  const reload = (): void => {
    setOpen('none');
    void query.refetch();
  };
  return (
    <section>
      <div className="part-head">
        <p className="quiet">{t('window.intro')}</p>
        {may && open === 'none' && (
          <Button type="primary" data-testid="window-new" onClick={() => setOpen('new')}>
            {t('window.new')}
          </Button>
        )}
      </div>
      {open !== 'none' && (
        <WindowForm
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
        <WindowList windows={items} may={may} onEdit={setOpen} onReload={() => void query.refetch()} />
      )}
    </section>
  );
}
