import { Button, Popconfirm, Table, type TableColumnsType } from 'antd';
import { LIFELINE_GROUPS, type LifelineGroup } from '@anmai/catalog';
import type { RoutesShape } from '@anmai/wire';
import { useState } from 'react';
import { useOrgs } from '../incidents/incident-data';
import { SeverityMark } from '../look/severity-mark';
import { Empty, PaneSkeleton, ProblemNote } from '../shell/notes';
import { SaveProblem } from '../shell/save-problem';
import { useWords } from '../text/language';
import { FallbackField } from './fallback-field';
import { useRota, useRoutes, useSaveList, type Route } from './notify-data';
import { RouteForm } from './route-form';
import { freeId, orgName, tierWords, withItem } from './route-words';

/** Who is told of what. The list is saved as a whole, on the version that was shown. */
export function RoutesPart({ may }: { readonly may: boolean }) {
  const query = useRoutes();
  if (query.isError) return <ProblemNote error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <PaneSkeleton />;
  return <RouteTable list={query.data} may={may} onReload={() => void query.refetch()} />;
}

interface TableProps {
  readonly list: RoutesShape;
  readonly may: boolean;
  readonly onReload: () => void;
}

function RouteTable({ list, may, onReload }: TableProps) {
  const { t } = useWords();
  const orgs = useOrgs().data?.items ?? [];
  const rotas = useRota().data?.items ?? [];
  const save = useSaveList('routes');
  const [open, setOpen] = useState<Route | null>(null);
  const isNew = open !== null && !list.items.some(({ id }) => id === open.id);
  const put = (items: readonly Route[]): void =>
    save.mutate({ version: list.version, items }, { onSuccess: () => setOpen(null) });
  const first = (): Route => ({
    id: freeId('route', list.items),
    orgId: orgs[0]?.id ?? '',
    about: 'incidents',
    groups: [],
    from: 'yellow',
    tiers: [{ afterSeconds: 0, audiences: [] }],
  });
  return (
    <section data-testid="routes" data-version={list.version}>
      <div className="part-head">
        <p className="quiet">{t('route.intro')}</p>
        {may && open === null && (
          <Button type="primary" data-testid="route-new" onClick={() => (save.reset(), setOpen(first()))}>
            {t('route.new')}
          </Button>
        )}
      </div>
      {save.isError && (
        <SaveProblem error={save.error} onReload={() => (save.reset(), setOpen(null), onReload())} />
      )}
      {open !== null && (
        <RouteForm
          key={open.id}
          before={open}
          isNew={isNew}
          orgs={orgs}
          rotas={rotas}
          isSaving={save.isPending}
          onSave={route => put(withItem(list.items, route))}
          onCancel={() => (save.reset(), setOpen(null))}
        />
      )}
      {list.items.length === 0 && <Empty title={t('route.none')} hint={t('route.noneHint')} />}
      {list.items.length > 0 && (
        <Rows list={list} may={may} onEdit={route => (save.reset(), setOpen(route))} onPut={put} />
      )}
      <FallbackField key={list.version} list={list} may={may} />
    </section>
  );
}

interface RowsProps {
  readonly list: RoutesShape;
  readonly may: boolean;
  readonly onEdit: (route: Route) => void;
  readonly onPut: (items: readonly Route[]) => void;
}

function Rows({ list, may, onEdit, onPut }: RowsProps) {
  const words = useWords();
  const { t, lang } = words;
  const orgs = useOrgs().data?.items ?? [];
  const rotas = useRota().data?.items ?? [];
  const groupsText = (groups: readonly string[]): string =>
    groups.length === 0
      ? t('route.allGroups')
      : groups.map(group => LIFELINE_GROUPS[group as LifelineGroup]?.[lang] ?? group).join(t('list.and'));
  const columns: TableColumnsType<Route> = [
    {
      title: t('route.org'),
      width: 220,
      render: (_, { orgId, id }) => (
        <>
          <b>{orgName(orgs, orgId)}</b>
          <div className="quiet">{id}</div>
        </>
      ),
    },
    { title: t('route.about'), width: 120, render: (_, { about }) => t(`route.about.${about}`) },
    { title: t('route.groups'), width: 200, render: (_, { groups }) => groupsText(groups) },
    {
      title: t('route.from'),
      width: 120,
      render: (_, { from }) => (
        <span className="with-mark">
          <SeverityMark severity={from} fill="solid" size={14} />
          {t('match.from', { severity: t(`severity.${from}`) })}
        </span>
      ),
    },
    {
      title: t('route.tiers'),
      render: (_, { tiers }) => (
        <ol className="tier-words num">
          {tiers.map((tier, i) => (
            <li key={i}>{tierWords(words, tier, i, { orgs, rotas })}</li>
          ))}
        </ol>
      ),
    },
    {
      title: t('col.action'),
      width: 140,
      render: (_, route) => (
        <span className="row-acts">
          <Button size="small" data-testid="route-edit" onClick={() => onEdit(route)}>
            {t('plan.edit')}
          </Button>
          <Popconfirm
            title={t('route.removeAsk')}
            okText={t('plan.remove')}
            cancelText={t('plan.keep')}
            onConfirm={() => onPut(list.items.filter(({ id }) => id !== route.id))}
          >
            <Button size="small" data-testid="route-remove">
              {t('plan.remove')}
            </Button>
          </Popconfirm>
        </span>
      ),
    },
  ];
  return (
    <Table<Route>
      size="small"
      rowKey="id"
      columns={may ? columns : columns.slice(0, -1)}
      dataSource={[...list.items]}
      scroll={{ x: 1000 }}
      onRow={({ id }) => ({ 'data-route-id': id }) as object}
      pagination={{ pageSize: 50, showSizeChanger: false, hideOnSinglePage: true }}
    />
  );
}
