import { Button, Checkbox, Input } from 'antd';
import { useState } from 'react';
import type { AlarmShape } from '@anmai/wire';
import { useAlarmAction, useAlarmSettings } from '../session/data';
import { ProblemNote } from '../shell/notes';
import { useWords } from '../text/language';

const NOTE_CHARS_MAX = 500;

interface FormProps {
  readonly alarm: AlarmShape;
  readonly onDone: () => void;
}

/** "Done" closes nothing: the server looks at the condition and counts readings, the person says that he made sure. */
export function CloseForm({ alarm, onDone }: FormProps) {
  const { t } = useWords();
  const needed = useAlarmSettings().data?.clearReadingsMin ?? '…';
  const [confirmed, setConfirmed] = useState(false);
  const [note, setNote] = useState('');
  const { mutate, isPending, error } = useAlarmAction(alarm.id, 'close');
  const isOver = alarm.condition === 'cleared';
  return (
    <form
      className="life-form"
      data-testid="close-form"
      onSubmit={event => {
        event.preventDefault();
        if (!isPending) mutate({ note: note.trim(), confirmed, seenN: alarm.lastN }, { onSuccess: onDone });
      }}
    >
      <p className="note">
        {isOver ? '✓' : '✗'} {t(isOver ? 'close.isOver' : 'close.notOver')}
        <br />
        <span className="quiet">{t('close.readings', { n: needed })}</span>
      </p>
      <Checkbox checked={confirmed} onChange={event => setConfirmed(event.target.checked)}>
        {t('close.confirmed')}
      </Checkbox>
      <div className="life-line">
        <Input
          aria-label={t('act.note')}
          placeholder={t('act.note')}
          maxLength={NOTE_CHARS_MAX}
          value={note}
          onChange={event => setNote(event.target.value)}
        />
        <Button type="primary" htmlType="submit" disabled={isPending} data-testid="close-button">
          {t('act.close')}
        </Button>
      </div>
      {error && <ProblemNote error={error} />}
    </form>
  );
}
