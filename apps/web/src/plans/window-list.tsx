import { Button, Popconfirm, Table, type TableColumnsType } from 'antd';
import type { ServiceWindowShape } from '@anmai/wire';
import { useAssets } from '../session/data';
import { useNow } from '../shell/now';
import { SaveProblem } from '../shell/save-problem';
import { shortTime } from '../text/format';
import { useWords } from '../text/language';
import { spanText } from '../text/words';
import { useRemovePlan } from './plan-data';
import { draftOf, windowState, type WindowState } from './turns';
import { repeatWords, turnText } from './window-words';

const MINUTE_MS = 60_000;
const RANK: Readonly<Record<WindowState, number>> = { now: 0, ahead: 1, over: 2 };

interface ListProps {
  readonly windows: readonly ServiceWindowShape[];
  readonly may: boolean;
  readonly onEdit: (window: ServiceWindowShape) => void;
  readonly onReload: () => void;
}

/** Planned work: what is out of service now first, then by the next turn. */
export function WindowList({ windows, may, onEdit, onReload }: ListProps) {
  const words = useWords();
  const { t } = words;
  const now = useNow(MINUTE_MS);
  const names = new Map(useAssets().data?.items.map(asset => [asset.id, asset.name]));
  const remove = useRemovePlan('service-windows');
  const rows = windows
    .map(window => ({ window, ...windowState(draftOf(window), now) }))
    .sort((a, b) => RANK[a.state] - RANK[b.state] || (a.turn?.from ?? 0) - (b.turn?.from ?? 0));
  type Row = (typeof rows)[number];
  const columns: TableColumnsType<Row> = [
    {
      title: t('window.state'),
      width: 150,
      render: (_, { state, turn }) => (
        <span className={state === 'now' ? 'window-now' : 'quiet'} data-state={state}>
          {state === 'now' && turn !== null
            ? t('window.onUntil', { time: shortTime(turn.to, now) })
            : t(`window.${state}`)}
        </span>
      ),
    },
    { title: t('window.reason'), render: (_, { window }) => <b>{window.reason}</b> },
    {
      title: t('window.what'),
      render: (_, { window: { assetIds, sensorIds } }) => (
        <>
          {assetIds.map(id => names.get(id) ?? id).join(t('list.and'))}
          {sensorIds.length > 0 && <span className="quiet"> {sensorIds.join(', ')}</span>}
        </>
      ),
    },
    {
      title: t('window.when'),
      width: 300,
      render: (_, { window }) => (
        <span className="num">
          {repeatWords(words, window.rrule)}
          <span className="quiet"> {t('window.each', { span: spanText(words, window.durationMs) })}</span>
        </span>
      ),
    },
    {
      title: t('window.next'),
      width: 270,
      render: (_, { turn, state }) => (
        <span className="num">{turn === null || state === 'now' ? '—' : turnText(words, turn)}</span>
      ),
    },
    {
      title: t('col.action'),
      width: 150,
      render: (_, { window, state }) =>
        may ? (
          <span className="row-acts">
            <Button size="small" data-testid="window-edit" onClick={() => onEdit(window)}>
              {t('plan.edit')}
            </Button>
            <Popconfirm
              title={t(state === 'now' ? 'window.endNow' : 'window.removeAsk')}
              okText={t(state === 'now' ? 'window.end' : 'plan.remove')}
              cancelText={t('plan.keep')}
              onConfirm={() => remove.mutate(window)}
            >
              <Button size="small" data-testid="window-remove">
                {t(state === 'now' ? 'window.end' : 'plan.remove')}
              </Button>
            </Popconfirm>
          </span>
        ) : null,
    },
  ];
  return (
    <>
      {remove.isError && <SaveProblem error={remove.error} onReload={() => (remove.reset(), onReload())} />}
      <Table<Row>
        size="small"
        rowKey={row => row.window.id}
        columns={may ? columns : columns.slice(0, -1)}
        dataSource={rows}
        scroll={{ x: 1000 }}
        onRow={({ window }) => ({ 'data-window-id': window.id }) as object}
        rowClassName={({ state }) => (state === 'over' ? 'rule-off' : '')}
        pagination={{ pageSize: 50, showSizeChanger: false, hideOnSinglePage: true }}
        locale={{ emptyText: t('window.none') }}
      />
    </>
  );
}
