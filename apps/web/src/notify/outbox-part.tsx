import { Button, Segmented, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import type { MessageShape } from '@anmai/wire';
import { SeverityMark } from '../look/severity-mark';
import { useMe } from '../session/data';
import { mayRequeue } from '../session/permissions';
import { PaneSkeleton, ProblemNote } from '../shell/notes';
import { useNow } from '../shell/now';
import { chooseAlarm, chooseIncident } from '../shell/route';
import { fullTime, shortTime } from '../text/format';
import { useWords } from '../text/language';
import { ChannelCounts } from './channel-counts';
import { GapList } from './gap-list';
import { useOutbox, useRequeue, type MessageState } from './notify-data';
import { SendTest } from './send-test';

const AGE_MS = 10_000;
const STATES = ['dead', 'queued', 'failed', 'sent', 'all'] as const;

/** What was to be told and was not, what waits, what was given up, and whether a channel works. */
export function OutboxPart({ may }: { readonly may: boolean }) {
  const { t } = useWords();
  const [state, setState] = useState<MessageState | 'all'>('dead');
  const query = useOutbox(state);
  const data = query.data;
  const countOf = (wanted: MessageState | 'all'): string => {
    if (data === undefined) return '…';
    const fitting = data.counts.filter(each => wanted === 'all' || each.state === wanted);
    return String(fitting.reduce((sum, each) => sum + each.count, 0));
  };
  return (
    <section data-testid="outbox">
      {query.isError && <ProblemNote error={query.error} onRetry={() => void query.refetch()} />}
      {data && <GapList gaps={data.gaps} />}
      <div className="rule-columns">
        {data ? (
          <ChannelCounts counts={data.counts} changesWaiting={data.changesWaiting} />
        ) : (
          <PaneSkeleton />
        )}
        {may && <SendTest channels={[...new Set(data?.counts.map(each => each.channel) ?? [])]} />}
      </div>
      <div className="part-head outbox-head">
        <h3>{t('outbox.messages')}</h3>
        <Segmented<MessageState | 'all'>
          size="small"
          data-testid="outbox-state"
          value={state}
          onChange={setState}
          options={STATES.map(value => ({ value, label: `${t(`message.${value}`)} ${countOf(value)}` }))}
        />
      </div>
      {data !== undefined && data.nextCursor !== null && (
        <p className="note">{t('outbox.cut', { n: data.items.length })}</p>
      )}
      <Messages items={data?.items ?? []} state={state} isPending={query.isPending} />
    </section>
  );
}

interface MessagesProps {
  readonly items: readonly MessageShape[];
  readonly state: MessageState | 'all';
  readonly isPending: boolean;
}

function Messages({ items, state, isPending }: MessagesProps) {
  const { t, named } = useWords();
  const now = useNow(AGE_MS);
  const requeue = useRequeue();
  const may = mayRequeue(useMe().data?.role);
  const columns: TableColumnsType<MessageShape> = [
    {
      title: t('col.time'),
      width: 110,
      render: (_, { addedAt }) => (
        <span className="num" title={fullTime(addedAt)}>
          {shortTime(addedAt, now)}
        </span>
      ),
    },
    { title: t('outbox.to'), width: 130, render: (_, { recipientId }) => recipientId },
    { title: t('outbox.channel'), width: 110, render: (_, { channel }) => named('channel', channel) },
    {
      title: t('outbox.about'),
      render: (_, { severity, kind, where, subjectKind, subjectId }) => (
        <span className="with-mark">
          <SeverityMark severity={severity} fill="solid" size={12} />
          <span>{named('notice', kind)}</span>
          <button
            type="button"
            className="as-link"
            onClick={() => (subjectKind === 'alarm' ? chooseAlarm(subjectId) : chooseIncident(subjectId))}
          >
            {where}
          </button>
        </span>
      ),
    },
    {
      title: t('window.state'),
      width: 190,
      render: (_, message) => <StateWords message={message} now={now} />,
    },
    { title: t('col.reason'), render: (_, { reason }) => reason },
    {
      title: t('col.action'),
      width: 110,
      render: (_, { id, state: its }) =>
        its === 'dead' && may ? (
          <Button
            size="small"
            data-testid="requeue"
            loading={requeue.isPending && requeue.variables === id}
            onClick={() => requeue.mutate(id)}
          >
            {t('outbox.again')}
          </Button>
        ) : null,
    },
  ];
  return (
    <>
      {requeue.isError && <ProblemNote error={requeue.error} />}
      {!may && state === 'dead' && items.length > 0 && <p className="quiet">{t('outbox.noRight')}</p>}
      <Table<MessageShape>
        size="small"
        rowKey="id"
        columns={columns}
        dataSource={[...items]}
        scroll={{ x: 1000 }}
        onRow={({ id }) => ({ 'data-message-id': id }) as object}
        pagination={{ pageSize: 50, showSizeChanger: false, hideOnSinglePage: true }}
        locale={{ emptyText: isPending ? ' ' : t(state === 'dead' ? 'outbox.noneDead' : 'outbox.none') }}
      />
    </>
  );
}

function StateWords({ message, now }: { readonly message: MessageShape; readonly now: number }) {
  const { t } = useWords();
  const { state, held, attempts, nextAttemptAt, sentAt } = message;
  const waits = state === 'queued' || state === 'failed';
  return (
    <span className="num">
      <b>{t(`message.${state}`)}</b>{' '}
      <span className="quiet">
        {held !== null && waits && `${t(`held.${held}`)} `}
        {waits && t('outbox.next', { time: shortTime(nextAttemptAt, now) })}
        {sentAt !== null && state === 'sent' && shortTime(sentAt, now)}
        {attempts > 1 && ` ${t('outbox.attempts', { n: attempts })}`}
      </span>
    </span>
  );
}
