import { Button } from 'antd';
import type { LifeSettings } from '@anmai/alarms';
import type { AlarmSettingsShape } from '@anmai/wire';
import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useAlarmSettings } from '../session/data';
import { PaneSkeleton, ProblemNote } from '../shell/notes';
import { faultsAt, SaveProblem } from '../shell/save-problem';
import { useWords } from '../text/language';
import { useIsPlatformWide, useSaveSettings } from './plan-data';
import { changedPaths, DUTIES, OTHERS } from './setting-fields';
import { SeverityTable, SettingRows } from './setting-tables';

/** How alarms live: what may be shelved how long, when they call again, what is owed, what counts as chattering. */
export function SettingsPart({ may }: { readonly may: boolean }) {
  const query = useAlarmSettings();
  if (query.isError) return <ProblemNote error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <PaneSkeleton />;
  return <SettingsForm key={query.data.version} stored={query.data} may={may} />;
}

function SettingsForm({ stored, may }: { readonly stored: AlarmSettingsShape; readonly may: boolean }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const isWide = useIsPlatformWide();
  const { version, ...before } = stored;
  const [settings, setSettings] = useState<LifeSettings>(before);
  const save = useSaveSettings();
  const mayHere = may && isWide;
  const changed = changedPaths(before, settings);
  const faults = faultsAt(save.error);
  const change = (next: LifeSettings): void => {
    if (save.isError) save.reset();
    setSettings(next);
  };
  const reload = (): void => {
    save.reset();
    void queries.invalidateQueries({ queryKey: ['alarm-settings'] });
  };
  const props = { settings, changed, faults, disabled: !mayHere, onChange: change };
  return (
    <section data-testid="settings-form" data-version={version}>
      <div className="part-head">
        <p className="quiet">
          {t('settings.intro')} <span className="num">{t('why.version', { n: version })}</span>
        </p>
        {may && !isWide && <p className="note">{t('plan.platformOnly')}</p>}
      </div>
      {version === 1 && <p className="note">{t('settings.unedited')}</p>}
      <SeverityTable {...props} />
      <div className="rule-columns">
        <SettingRows {...props} title={t('settings.duties')} fields={DUTIES} />
        <SettingRows {...props} title={t('settings.others')} fields={OTHERS} />
      </div>
      {save.isError && <SaveProblem error={save.error} onReload={reload} />}
      {mayHere && (
        <div className="draft-actions">
          <Button
            type="primary"
            data-testid="settings-save"
            disabled={changed.length === 0}
            loading={save.isPending}
            onClick={() => save.mutate({ ...settings, version })}
          >
            {t('plan.save')}
          </Button>
          <Button disabled={changed.length === 0} onClick={() => change(before)}>
            {t('settings.undo')}
          </Button>
          <span className="quiet">
            {changed.length === 0 ? t('settings.same') : t('settings.changed', { n: changed.length })}
          </span>
        </div>
      )}
    </section>
  );
}
