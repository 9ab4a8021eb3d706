import { Button, Input } from 'antd';
import { useEffect, useState } from 'react';
import type { AlarmShape } from '@anmai/wire';
import { isDoubtful } from '../live/trust';
import { useAlarmAction, useMe, useTrust } from '../session/data';
import { mayOperate } from '../session/permissions';
import { ProblemNote } from '../shell/notes';
import { useNow } from '../shell/now';
import { useWords } from '../text/language';
import { shortTime } from '../text/format';
import { isForPage } from './use-alarm-keys';

const NOTE_CHARS_MAX = 500;
const MINUTE_MS = 60_000;

interface FormProps {
  readonly alarm: AlarmShape;
  readonly readOnly?: boolean;
}

/** The button of the operator, or why there is none. The key `a` does the same. */
export function AckForm({ alarm, readOnly = false }: FormProps) {
  const { t } = useWords();
  const me = useMe().data;
  const doubtful = isDoubtful(useTrust());
  const [note, setNote] = useState('');
  const { mutate, isPending, error } = useAlarmAction(alarm.id, 'acknowledge');
  const { lastN: seenN } = alarm;
  const can = !readOnly && mayOperate(me?.role) && !alarm.acknowledged;

  useEffect(() => {
    if (!can) return;
    const press = (event: KeyboardEvent): void => {
      if (event.key === 'a' && !event.repeat && isForPage(event) && !isPending)
        mutate({ note: note.trim(), seenN });
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [can, isPending, mutate, note, seenN]);

  if (alarm.acknowledged) return <Acknowledged alarm={alarm} />;
  if (readOnly) return <p className="note quiet">{t('detail.readOnly')}</p>;
  if (!me) return null;
  if (!mayOperate(me.role))
    return <p className="note quiet">{t('act.noRight', { role: t(`role.${me.role}`) })}</p>;
  return (
    <div className="ack">
      <form
        onSubmit={event => {
          event.preventDefault();
          if (!isPending) mutate({ note: note.trim(), seenN });
        }}
      >
        <Input
          aria-label={t('act.note')}
          placeholder={t('act.note')}
          maxLength={NOTE_CHARS_MAX}
          value={note}
          onChange={event => setNote(event.target.value)}
        />
        <Button type="primary" htmlType="submit" disabled={isPending} data-testid="acknowledge-button">
          {t(isPending ? 'act.acknowledging' : 'act.acknowledge')} <kbd>a</kbd>
        </Button>
      </form>
      {doubtful && <p className="note quiet">{t('act.waitLive')}</p>}
      {error && <ProblemNote error={error} />}
    </div>
  );
}

function Acknowledged({ alarm }: FormProps) {
  const { t } = useWords();
  const now = useNow(MINUTE_MS);
  const step = alarm.history.findLast(item => item.change === 'acknowledged');
  const text = step
    ? t('act.acknowledged', { actor: step.actor, time: shortTime(step.at, now) })
    : t('act.acknowledgedShort');
  return <p className="note quiet num">✓ {text}</p>;
}

/** Free words into the history: what was done, reported, checked by telephone. */
export function CommentForm({ alarm }: FormProps) {
  const { t } = useWords();
  const me = useMe().data;
  const [note, setNote] = useState('');
  const { mutate, isPending, error } = useAlarmAction(alarm.id, 'comment');
  if (!mayOperate(me?.role)) return null;
  const send = (): void => mutate({ note: note.trim() }, { onSuccess: () => setNote('') });
  return (
    <div className="comment">
      <Input.TextArea
        aria-label={t('act.commentHint')}
        placeholder={t('act.commentHint')}
        maxLength={NOTE_CHARS_MAX}
        autoSize={{ minRows: 2, maxRows: 6 }}
        value={note}
        onChange={event => setNote(event.target.value)}
      />
      <Button disabled={isPending || note.trim() === ''} onClick={send}>
        {t('act.comment')}
      </Button>
      {error && <ProblemNote error={error} />}
    </div>
  );
}
