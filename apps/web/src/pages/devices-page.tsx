import { Segmented, Table, type TableColumnsType } from 'antd';
import { useMemo, useState } from 'react';
import type { DeviceShape } from '@anmai/wire';
import { SeverityMark } from '../look/severity-mark';
import { useAssets, useDevices } from '../session/data';
import { ProblemNote } from '../shell/notes';
import { useNow } from '../shell/now';
import { chooseAsset } from '../shell/route';
import { useWords } from '../text/language';
import { fullTime } from '../text/format';
import { spanText } from '../text/words';

const AGE_MS = 10_000;

/** Devices by how long they have been silent. Offline first: behind each of them something is not watched. */
export function DevicesPage() {
  const words = useWords();
  const { t } = words;
  const now = useNow(AGE_MS);
  const query = useDevices();
  const assets = useAssets().data?.items;
  const [show, setShow] = useState<'offline' | 'all'>('offline');
  const names = useMemo(() => new Map(assets?.map(asset => [asset.id, asset.name])), [assets]);
  const all = query.data?.items ?? [];
  const seen = (device: DeviceShape): number => Date.parse(device.lastSeenAt ?? '') || 0;
  const rows = all.filter(device => show === 'all' || !device.online).sort((a, b) => seen(a) - seen(b));
  const columns: TableColumnsType<DeviceShape> = [
    {
      title: t('asset.state'),
      width: 110,
      render: (_, device) => (
        <span className="with-mark">
          {!device.online && <SeverityMark severity={null} fill="hatched" size={14} />}
          {t(device.online ? 'devices.online' : 'devices.offline')}
        </span>
      ),
    },
    {
      title: t('col.lastSeen'),
      width: 280,
      render: (_, { lastSeenAt }) => (
        <span className="num">
          {lastSeenAt === null
            ? t('devices.never')
            : `${t('span.ago', { span: spanText(words, now - Date.parse(lastSeenAt)) })}`}
          {lastSeenAt !== null && <span className="quiet"> {fullTime(lastSeenAt)}</span>}
        </span>
      ),
    },
    {
      title: t('col.device'),
      render: (_, device) => (
        <>
          {device.name} <span className="quiet">{device.id}</span>
        </>
      ),
    },
    {
      title: t('col.asset'),
      render: (_, { assetId }) =>
        assetId && (
          <button type="button" className="as-link" onClick={() => chooseAsset(assetId)}>
            {names.get(assetId) ?? assetId}
          </button>
        ),
    },
    {
      title: t('col.model'),
      width: 160,
      render: (_, device) => <span className="quiet">{device.model}</span>,
    },
  ];
  return (
    <main className="pane page">
      <div className="page-head">
        <h2>{t('page.devices')}</h2>
        <Segmented<'offline' | 'all'>
          value={show}
          onChange={setShow}
          options={[
            {
              value: 'offline',
              label: `${t('devices.offline')} ${all.filter(device => !device.online).length}`,
            },
            { value: 'all', label: `${t('devices.all')} ${all.length}` },
          ]}
        />
      </div>
      {query.isError && <ProblemNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.data?.cut && <p className="note">{t('list.cutDevices', { n: all.length })}</p>}
      <Table
        size="small"
        rowKey="id"
        loading={false}
        columns={columns}
        dataSource={rows}
        pagination={{ pageSize: 50, showSizeChanger: false, hideOnSinglePage: true }}
        locale={{
          emptyText: query.isPending ? ' ' : t(all.length === 0 ? 'devices.none' : 'devices.noneOffline'),
        }}
      />
    </main>
  );
}
