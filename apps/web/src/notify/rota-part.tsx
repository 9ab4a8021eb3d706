import { Button, Popconfirm } from 'antd';
import type { RotaShape } from '@anmai/wire';
import { useState } from 'react';
import { useOrgs } from '../incidents/incident-data';
import { Empty, PaneSkeleton, ProblemNote } from '../shell/notes';
import { SaveProblem } from '../shell/save-problem';
import { useWords } from '../text/language';
import { useRota, useSaveList, type Rota } from './notify-data';
import { RotaForm } from './rota-form';
import { RotaWeek } from './rota-week';
import { freeId, orgName, withItem } from './route-words';

/** Who is on duty when; and when nobody is, which is said first. */
export function RotaPart({ may }: { readonly may: boolean }) {
  const query = useRota();
  if (query.isError) return <ProblemNote error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <PaneSkeleton />;
  return <Rotas list={query.data} may={may} onReload={() => void query.refetch()} />;
}

/** As it is sent: gaps are told, not set. */
const bodyOf = ({ gaps: _, ...rota }: Rota): object => rota;

function Rotas({
  list,
  may,
  onReload,
}: {
  readonly list: RotaShape;
  readonly may: boolean;
  readonly onReload: () => void;
}) {
  const { t } = useWords();
  const orgs = useOrgs().data?.items ?? [];
  const save = useSaveList('rota');
  const [open, setOpen] = useState<Rota | null>(null);
  const isNew = open !== null && !list.items.some(({ id }) => id === open.id);
  const put = (items: readonly Rota[]): void =>
    save.mutate({ version: list.version, items: items.map(bodyOf) }, { onSuccess: () => setOpen(null) });
  const first = (): Rota => ({
    id: freeId('rota', list.items),
    name: '',
    orgId: orgs[0]?.id ?? '',
    shifts: [],
    exceptions: [],
    gaps: [],
  });
  return (
    <section data-testid="rotas" data-version={list.version}>
      <div className="part-head">
        <p className="quiet">{t('rota.intro')}</p>
        {may && open === null && (
          <Button type="primary" data-testid="rota-new" onClick={() => (save.reset(), setOpen(first()))}>
            {t('rota.new')}
          </Button>
        )}
      </div>
      {save.isError && (
        <SaveProblem error={save.error} onReload={() => (save.reset(), setOpen(null), onReload())} />
      )}
      {open !== null && (
        <RotaForm
          key={open.id}
          before={open}
          isNew={isNew}
          orgs={orgs}
          isSaving={save.isPending}
          onSave={rota => put(withItem(list.items, rota))}
          onCancel={() => (save.reset(), setOpen(null))}
        />
      )}
      {list.items.length === 0 && open === null && <Empty title={t('rota.none')} hint={t('rota.noneHint')} />}
      {list.items.map(rota => (
        <article key={rota.id} className="rota" data-rota-id={rota.id}>
          <header className="rule-head">
            <h3>{rota.name}</h3>
            <span className="quiet">
              {orgName(orgs, rota.orgId)} · {rota.id}
            </span>
            {may && (
              <span className="row-acts">
                <Button size="small" data-testid="rota-edit" onClick={() => (save.reset(), setOpen(rota))}>
                  {t('plan.edit')}
                </Button>
                <Popconfirm
                  title={t('rota.removeAsk')}
                  okText={t('plan.remove')}
                  cancelText={t('plan.keep')}
                  onConfirm={() => put(list.items.filter(({ id }) => id !== rota.id))}
                >
                  <Button size="small" data-testid="rota-remove">
                    {t('plan.remove')}
                  </Button>
                </Popconfirm>
              </span>
            )}
          </header>
          <RotaWeek rota={rota} />
        </article>
      ))}
    </section>
  );
}
