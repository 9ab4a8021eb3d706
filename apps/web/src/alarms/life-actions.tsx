import { Button } from 'antd';
import { useEffect, useState } from 'react';
import type { AlarmShape } from '@anmai/wire';
import { useAlarmAction, useMe } from '../session/data';
import { mayOperate } from '../session/permissions';
import { ProblemNote } from '../shell/notes';
import { useWords } from '../text/language';
import { AssessForm } from './assess-form';
import { isLatched } from './aside';
import { CloseForm } from './close-form';
import { ShelveForm } from './shelve-form';
import { isForPage } from './use-alarm-keys';

type Form = 'shelve' | 'assess' | 'close';

interface ActionsProps {
  readonly alarm: AlarmShape;
  readonly readOnly?: boolean;
}

/** What an operator can do beside acknowledging. A form opens below its button; nothing covers the page. */
export function LifeActions({ alarm, readOnly = false }: ActionsProps) {
  const me = useMe().data;
  const [form, setForm] = useState<Form | null>(null);
  const can = !readOnly && mayOperate(me?.role) && alarm.closedAt === null;
  const canShelve = can && alarm.shelvedUntil === null;
  useEffect(() => {
    if (!canShelve) return;
    const press = (event: KeyboardEvent): void => {
      if (event.key !== 's' || event.repeat || !isForPage(event)) return;
      // Or the letter would land in the field that opens.
      event.preventDefault();
      setForm(open => (open === 'shelve' ? null : 'shelve'));
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [canShelve]);
  if (!can) return null;
  const done = (): void => setForm(null);
  return (
    <div className="life-actions" data-testid="life-actions">
      <Buttons alarm={alarm} form={form} onForm={setForm} />
      {form === 'shelve' && canShelve && <ShelveForm alarm={alarm} onDone={done} />}
      {form === 'assess' && <AssessForm alarm={alarm} onDone={done} />}
      {form === 'close' && <CloseForm alarm={alarm} onDone={done} />}
    </div>
  );
}

interface ButtonsProps {
  readonly alarm: AlarmShape;
  readonly form: Form | null;
  readonly onForm: (form: Form | null) => void;
}

function Buttons({ alarm, form, onForm }: ButtonsProps) {
  const { t } = useWords();
  const unshelve = useAlarmAction(alarm.id, 'unshelve');
  const reset = useAlarmAction(alarm.id, 'reset');
  const toggle = (which: Form) => ({
    type: form === which ? ('primary' as const) : ('default' as const),
    'aria-expanded': form === which,
    'data-testid': `${which}-open`,
    onClick: () => onForm(form === which ? null : which),
  });
  const error = unshelve.error ?? reset.error;
  return (
    <>
      <div className="life-buttons">
        {alarm.shelvedUntil === null ? (
          <Button size="small" {...toggle('shelve')}>
            {t('act.shelve')} <kbd>s</kbd>
          </Button>
        ) : (
          <Button
            size="small"
            data-testid="unshelve-button"
            disabled={unshelve.isPending}
            onClick={() => unshelve.mutate({ note: '' })}
          >
            {t('act.unshelve')}
          </Button>
        )}
        <Button size="small" {...toggle('assess')}>
          {t('act.assess')}
        </Button>
        {isLatched(alarm) && (
          <Button
            size="small"
            data-testid="reset-button"
            disabled={reset.isPending}
            onClick={() => reset.mutate({ note: '' })}
          >
            {t('act.reset')}
          </Button>
        )}
        <Button size="small" {...toggle('close')}>
          {t('act.close')}
        </Button>
      </div>
      {error && <ProblemNote error={error} />}
    </>
  );
}
