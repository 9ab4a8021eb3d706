import { Button, Input, InputNumber, Segmented } from 'antd';
import { useState } from 'react';
import type { AlarmShape } from '@anmai/wire';
import { useAlarmAction, useAlarmSettings } from '../session/data';
import { ProblemNote } from '../shell/notes';
import { useWords } from '../text/language';
import { spanText } from '../text/words';

const MINUTE_MS = 60_000;
const REASON_CHARS_MAX = 500;
const QUICK_MINUTES = [15, 60, 480] as const;
const OWN = 'own';

interface FormProps {
  readonly alarm: AlarmShape;
  readonly onDone: () => void;
}

/** Put aside for a while, with a reason; no shelf is without an end. */
export function ShelveForm({ alarm, onDone }: FormProps) {
  const words = useWords();
  const { t } = words;
  const maxMs = useAlarmSettings().data?.shelveMsMax[alarm.severity] ?? Infinity;
  const [choice, setChoice] = useState<number | typeof OWN>(QUICK_MINUTES[0]);
  const [ownMinutes, setOwnMinutes] = useState(30);
  const [reason, setReason] = useState('');
  const { mutate, isPending, error } = useAlarmAction(alarm.id, 'shelve');
  const minutes = choice === OWN ? ownMinutes : choice;
  const send = (): void => {
    const until = new Date(Date.now() + minutes * MINUTE_MS).toISOString();
    mutate({ note: '', reason: reason.trim(), until, seenN: alarm.lastN }, { onSuccess: onDone });
  };
  if (maxMs === 0) return <p className="note quiet">{t('shelve.forbidden')}</p>;
  return (
    <form
      className="life-form"
      data-testid="shelve-form"
      onSubmit={event => {
        event.preventDefault();
        if (!isPending && reason.trim() !== '') send();
      }}
    >
      <div className="life-line">
        <Segmented<number | typeof OWN>
          size="small"
          aria-label={t('shelve.span')}
          value={choice}
          onChange={setChoice}
          options={[
            ...QUICK_MINUTES.map(each => ({
              value: each,
              label: spanText(words, each * MINUTE_MS),
              disabled: each * MINUTE_MS > maxMs,
            })),
            { value: OWN, label: t('shelve.own') },
          ]}
        />
        {choice === OWN && (
          <InputNumber
            size="small"
            aria-label={t('shelve.minutes')}
            min={1}
            max={Math.min(maxMs, 7 * 24 * 60 * MINUTE_MS) / MINUTE_MS}
            precision={0}
            value={ownMinutes}
            suffix={t('shelve.minutes')}
            onChange={value => setOwnMinutes(value ?? 1)}
          />
        )}
      </div>
      <div className="life-line">
        <Input
          autoFocus
          aria-label={t('shelve.reason')}
          placeholder={t('shelve.reason')}
          maxLength={REASON_CHARS_MAX}
          value={reason}
          onChange={event => setReason(event.target.value)}
        />
        <Button
          type="primary"
          htmlType="submit"
          disabled={isPending || reason.trim() === ''}
          data-testid="shelve-button"
        >
          {t('act.shelve')}
        </Button>
      </div>
      <p className="note quiet">
        {t(Number.isFinite(maxMs) ? 'shelve.hintMax' : 'shelve.hint', {
          span: spanText(words, Number.isFinite(maxMs) ? maxMs : 0),
        })}
      </p>
      {error && <ProblemNote error={error} />}
    </form>
  );
}
