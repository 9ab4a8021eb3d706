import { Button, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import type { QuarantineShape } from '@anmai/wire';
import { useMe, useQuarantine } from '../session/data';
import { mayOperate } from '../session/permissions';
import { ProblemNote } from '../shell/notes';
import { useNow } from '../shell/now';
import { useWords } from '../text/language';
import { fullTime, shortTime } from '../text/format';
import { AdoptForm } from './adopt-form';

const MINUTE_MS = 60_000;

/** What was not taken in, and why. A device that nobody registered can be adopted here. */
export function QuarantinePage() {
  const words = useWords();
  const { t } = words;
  const now = useNow(MINUTE_MS);
  const query = useQuarantine();
  const me = useMe().data;
  const [openId, setOpenId] = useState<string | null>(null);
  const [done, setDone] = useState(false);
  const may = mayOperate(me?.role);
  const columns: TableColumnsType<QuarantineShape> = [
    {
      title: t('col.time'),
      width: 110,
      render: (_, { at }) => (
        <span className="num" title={fullTime(at)}>
          {shortTime(at, now)}
        </span>
      ),
    },
    {
      title: t('col.device'),
      width: 170,
      render: (_, row) => row.deviceId ?? <span className="quiet">{row.topic}</span>,
    },
    { title: t('col.reason'), width: 150, render: (_, row) => words.named('reason', row.reason) },
    { title: t('col.detail'), render: (_, row) => row.detail },
    {
      title: t('col.payload'),
      ellipsis: true,
      render: (_, row) => <code title={row.payload}>{row.payload}</code>,
    },
    {
      title: t('col.action'),
      width: 100,
      render: (_, row) =>
        row.adoptable && may ? (
          <Button size="small" onClick={() => (setDone(false), setOpenId(openId === row.id ? null : row.id))}>
            {t(openId === row.id ? 'quarantine.cancel' : 'quarantine.adopt')}
          </Button>
        ) : null,
    },
  ];
  return (
    <main className="pane page">
      <div className="page-head">
        <h2>{t('page.quarantine')}</h2>
        <span className="quiet">{t('quarantine.intro')}</span>
        {me && !may && (
          <span className="quiet">{t('quarantine.noRight', { role: t(`role.${me.role}`) })}</span>
        )}
      </div>
      {done && <p className="note">{t('quarantine.adopted')}</p>}
      {query.isError && <ProblemNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.data?.nextCursor && (
        <p className="note">{t('list.cutQuarantine', { n: query.data.items.length })}</p>
      )}
      <Table
        size="small"
        rowKey="id"
        columns={columns}
        dataSource={[...(query.data?.items ?? [])]}
        pagination={{ pageSize: 50, showSizeChanger: false, hideOnSinglePage: true }}
        locale={{ emptyText: query.isPending ? ' ' : t('quarantine.none') }}
        expandable={{
          expandedRowKeys: openId === null ? [] : [openId],
          showExpandColumn: false,
          expandedRowRender: row => <AdoptForm row={row} onDone={() => (setOpenId(null), setDone(true))} />,
        }}
      />
    </main>
  );
}
