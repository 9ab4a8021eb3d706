import { Table, type TableColumnsType } from 'antd';
import { useMemo } from 'react';
import type { AssetShape } from '@anmai/wire';
import { fillOfLook } from '../assets/asset-detail';
import { QUIET, type Look } from '../alarms/asset-state';
import { rankOf } from '../alarms/severity';
import { SeverityMark } from '../look/severity-mark';
import { useWords } from '../text/language';
import type { Words } from '../text/words';

interface TableProps {
  readonly assets: readonly AssetShape[];
  readonly looks: ReadonlyMap<string, Look>;
  readonly chosenId: string | null;
  readonly onChoose: (assetId: string) => void;
}

const weight = (look: Look): number => (look.over ? 0.25 : rankOf(look.severity)) + (look.blind ? 0.5 : 0);

function stateWords({ t }: Words, look: Look): string {
  if (look.severity === null) return t(look.blind ? 'map.blind' : 'asset.normal');
  const parts = [
    t(`severity.${look.severity}`),
    look.over ? t('map.over') : '',
    look.blind ? t('map.blind') : '',
  ];
  return parts.filter(part => part !== '').join(' · ');
}

/** All assets, worst first: instead of the map where it cannot be drawn, or by choice. */
export function AssetTable({ assets, looks, chosenId, onChoose }: TableProps) {
  const words = useWords();
  const rows = useMemo(
    () =>
      assets
        .map(asset => ({ asset, look: looks.get(asset.id) ?? QUIET }))
        .sort((a, b) => weight(b.look) - weight(a.look) || a.asset.name.localeCompare(b.asset.name, 'zh-CN')),
    [assets, looks],
  );
  const columns: TableColumnsType<(typeof rows)[number]> = [
    {
      title: words.t('asset.state'),
      width: 150,
      render: (_, { look }) => (
        <span className="with-mark">
          {(look.severity !== null || look.blind) && (
            <SeverityMark severity={look.severity} fill={fillOfLook(look)} size={16} />
          )}
          <span className={look.severity === null && !look.blind ? 'quiet' : ''}>
            {stateWords(words, look)}
          </span>
        </span>
      ),
    },
    { title: words.t('asset.name'), render: (_, { asset }) => asset.name },
    { title: words.t('asset.kind'), width: 150, render: (_, { asset }) => words.named('kind', asset.kind) },
    {
      title: words.t('asset.id'),
      width: 150,
      render: (_, { asset }) => <span className="quiet">{asset.id}</span>,
    },
  ];
  return (
    <Table
      size="small"
      className="fill-table"
      rowKey={row => row.asset.id}
      columns={columns}
      dataSource={rows}
      pagination={{ pageSize: 50, showSizeChanger: false, hideOnSinglePage: true }}
      rowClassName={row => (row.asset.id === chosenId ? 'chosen' : '')}
      onRow={row => ({ onClick: () => onChoose(row.asset.id) })}
    />
  );
}
