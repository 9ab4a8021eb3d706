import { Button, Input } from 'antd';
import { useState } from 'react';
import { WallInput } from '../shell/clock-input';
import { useWords } from '../text/language';
import type { Rota } from './notify-data';
import { PeopleSelect } from './people-select';

type Exception = Rota['exceptions'][number];
const DAY_MS = 86_400_000;
const REASON_CHARS_MAX = 200;

/** Why an exception cannot be saved; null: it can. Nobody on duty is allowed: the gap is told then. */
export const exceptionFault = ({ from, to, reason }: Exception): 'reason' | 'order' | null =>
  reason.trim() === '' ? 'reason' : from >= to ? 'order' : null;

interface FieldsProps {
  readonly exceptions: readonly Exception[];
  readonly onChange: (exceptions: Exception[]) => void;
}

/** Days that differ from the week: leave, a holiday, a stand-in. */
export function ExceptionFields({ exceptions, onChange }: FieldsProps) {
  const { t } = useWords();
  const [today] = useState(() => Math.floor(Date.now() / DAY_MS) * DAY_MS);
  const set = (at: number, change: Partial<Exception>): void =>
    onChange(exceptions.map((each, i) => (i === at ? { ...each, ...change } : each)));
  const first = (): Exception => ({
    from: new Date(today + DAY_MS).toISOString(),
    to: new Date(today + 2 * DAY_MS).toISOString(),
    recipientIds: [],
    reason: '',
  });
  return (
    <div className="shift-rows">
      <h3>{t('rota.exceptions')}</h3>
      {exceptions.map((each, i) => (
        <div className="shift-row" key={i}>
          <span className="with-unit">
            {(['from', 'to'] as const).map(name => (
              <WallInput
                key={name}
                label={t(`rota.${name}`)}
                at={Date.parse(each[name])}
                onChange={at => set(i, { [name]: new Date(at).toISOString() })}
              />
            ))}
          </span>
          <PeopleSelect
            label={t('rota.people')}
            value={each.recipientIds}
            onChange={recipientIds => set(i, { recipientIds })}
          />
          <Input
            style={{ width: 200 }}
            value={each.reason}
            maxLength={REASON_CHARS_MAX}
            placeholder={t('rota.why')}
            aria-label={t('rota.why')}
            onChange={event => set(i, { reason: event.target.value })}
          />
          <Button
            size="small"
            type="text"
            title={t('rota.removeException')}
            aria-label={t('rota.removeException')}
            onClick={() => onChange(exceptions.filter((_, k) => k !== i))}
          >
            ×
          </Button>
        </div>
      ))}
      <Button size="small" type="link" onClick={() => onChange([...exceptions, first()])}>
        + {t('rota.addException')}
      </Button>
    </div>
  );
}
