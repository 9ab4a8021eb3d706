import { Button, Input } from 'antd';
import { useState } from 'react';
import type { AlarmShape } from '@anmai/wire';
import { useAlarmAction } from '../session/data';
import { ProblemNote } from '../shell/notes';
import { useWords } from '../text/language';

const NOTE_CHARS_MAX = 500;
const VERDICTS = ['true', 'false', 'test', 'deviceFault', 'plannedWork', 'biogas', 'other'] as const;
type Verdict = (typeof VERDICTS)[number];

interface FormProps {
  readonly alarm: AlarmShape;
  readonly onDone: () => void;
}

/** What it was found to be. Only "other" needs words; all of them stay in the history. */
export function AssessForm({ alarm, onDone }: FormProps) {
  const { t } = useWords();
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const [note, setNote] = useState('');
  const { mutate, isPending, error } = useAlarmAction(alarm.id, 'assess');
  const ready = verdict !== null && (verdict !== 'other' || note.trim() !== '');
  return (
    <form
      className="life-form"
      data-testid="assess-form"
      onSubmit={event => {
        event.preventDefault();
        if (ready && !isPending)
          mutate({ note: note.trim(), verdict, seenN: alarm.lastN }, { onSuccess: onDone });
      }}
    >
      <div className="verdicts" role="radiogroup" aria-label={t('act.assess')}>
        {VERDICTS.map(each => (
          <button
            key={each}
            type="button"
            role="radio"
            aria-checked={each === verdict}
            className="verdict"
            data-testid={`verdict-${each}`}
            onClick={() => setVerdict(each)}
          >
            {t(`verdict.${each}`)}
          </button>
        ))}
      </div>
      <div className="life-line">
        <Input
          aria-label={t(verdict === 'other' ? 'assess.noteNeeded' : 'act.note')}
          placeholder={t(verdict === 'other' ? 'assess.noteNeeded' : 'act.note')}
          maxLength={NOTE_CHARS_MAX}
          value={note}
          onChange={event => setNote(event.target.value)}
        />
        <Button type="primary" htmlType="submit" disabled={!ready || isPending} data-testid="assess-button">
          {t('act.assess')}
        </Button>
      </div>
      {error && <ProblemNote error={error} />}
    </form>
  );
}
