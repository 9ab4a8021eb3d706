import { AutoComplete, Button } from 'antd';
import type { RoutesShape } from '@anmai/wire';
import { useState } from 'react';
import { useIsPlatformWide } from '../plans/plan-data';
import { FormField } from '../shell/form-field';
import { ProblemNote } from '../shell/notes';
import { useWords } from '../text/language';
import { useSaveList, useUsers } from './notify-data';

/** Who is told of what nobody else can be told of. Nobody there: it is listed as a gap and that is all. */
export function FallbackField({ list, may }: { readonly list: RoutesShape; readonly may: boolean }) {
  const { t } = useWords();
  const isWide = useIsPlatformWide();
  const users = useUsers().data?.items ?? [];
  const save = useSaveList('routes');
  const [who, setWho] = useState(list.fallback ?? '');
  const next = who.trim() === '' ? null : who.trim();
  return (
    <div className="fallback" data-testid="fallback">
      <FormField label={t('route.fallback')} hint={t('route.fallbackHint')}>
        {may && isWide ? (
          <>
            <AutoComplete
              style={{ width: 220 }}
              aria-label={t('route.fallback')}
              placeholder={t('route.nobody')}
              value={who}
              onChange={setWho}
              options={users.map(user => ({
                value: user.username,
                label: `${user.displayName} ${user.username}`,
              }))}
            />
            <Button
              data-testid="fallback-save"
              disabled={next === list.fallback}
              loading={save.isPending}
              onClick={() => save.mutate({ version: list.version, items: list.items, fallback: next })}
            >
              {t('plan.save')}
            </Button>
          </>
        ) : (
          <b>{list.fallback ?? t('route.nobody')}</b>
        )}
      </FormField>
      {list.fallback === null && <p className="blind-note">{t('route.noFallback')}</p>}
      {save.isError && <ProblemNote error={save.error} />}
    </div>
  );
}
