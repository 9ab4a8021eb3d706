import { Button, Input } from 'antd';
import { useState } from 'react';
import type { DutyRoundShape } from '@anmai/wire';
import { SafetyRefusal } from '../hazards/safety-refusal';
import { SeverityMark } from '../look/severity-mark';
import { useMe } from '../session/data';
import { mayOperate } from '../session/permissions';
import { useNow } from '../shell/now';
import { chooseAlarm } from '../shell/route';
import { fullTime } from '../text/format';
import { useWords } from '../text/language';
import { spanText } from '../text/words';
import { useDutyAct } from './watch-data';

const SECOND_MS = 1_000;
const OUTCOMES = ['noAnswer', 'told', 'left'] as const;

/** The duty list of one red alarm: whom to call, in this order, and who has confirmed that everyone is out. */
export function DutyPanel({ round, name }: { readonly round: DutyRoundShape; readonly name: string }) {
  const words = useWords();
  const { t } = words;
  const now = useNow(SECOND_MS);
  const may = mayOperate(useMe().data?.role);
  const act = useDutyAct(round.id);
  const [note, setNote] = useState('');
  const leftMs = Date.parse(round.confirmBy) - now;
  return (
    <section className="duty-round" data-testid="duty-round" data-complete={round.complete}>
      <header className="building-head">
        <span className="with-mark">
          <SeverityMark severity={round.severity ?? 'red'} fill="solid" size={16} />
          <b>{t('duty.title', { name })}</b>
        </span>
        <span className={leftMs < 0 && !round.complete ? 'overdue' : 'num'}>
          {round.complete
            ? t('duty.complete')
            : t(leftMs < 0 ? 'duty.late' : 'duty.left', { span: spanText(words, Math.abs(leftMs)) })}
        </span>
        <span className="num">
          {t('duty.confirmed', {
            n: round.confirmed,
            all: round.all,
            out: round.peopleOut,
            people: round.peopleAll,
          })}
        </span>
        <Button size="small" type="link" onClick={() => chooseAlarm(round.alarmId)}>
          {t('haz.toAlarm')}
        </Button>
      </header>
      {round.lines.length === 0 && <p className="merged-note">{t('duty.empty')}</p>}
      <ol className="duty-lines">
        {round.lines.map(line => (
          <li key={line.person.id} data-person={line.person.id} data-state={line.state}>
            <b>{line.person.name}</b>
            <span className="quiet">{line.person.role}</span>
            <span className="num">{line.person.phone}</span>
            <span className="num">{t('duty.people', { n: line.person.people })}</span>
            <span>
              {t(`dutyState.${line.state}`)}
              {line.at !== null && <span className="quiet num"> {fullTime(line.at).slice(11, 19)}</span>}
            </span>
            {may && (
              <span className="duty-acts">
                {OUTCOMES.map(outcome => (
                  <Button
                    key={outcome}
                    size="small"
                    data-outcome={outcome}
                    onClick={() => act.mutate({ act: 'calls', body: { personId: line.person.id, outcome } })}
                  >
                    {t(`dutyState.${outcome}`)}
                  </Button>
                ))}
              </span>
            )}
          </li>
        ))}
      </ol>
      {act.isError && <SafetyRefusal error={act.error} />}
      {may && (
        <div className="draft-actions">
          <Input
            size="small"
            style={{ width: 320 }}
            placeholder={t('duty.note')}
            aria-label={t('duty.note')}
            value={note}
            onChange={event => setNote(event.target.value)}
          />
          <Button
            size="small"
            data-testid="duty-end"
            onClick={() => act.mutate({ act: 'stand-down', body: { note } })}
          >
            {t('duty.standDown')}
          </Button>
        </div>
      )}
    </section>
  );
}
