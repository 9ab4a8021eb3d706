import { Button } from 'antd';
import { useState } from 'react';
import type { BuildingShape } from '@anmai/wire';
import { useMe } from '../session/data';
import { mayEngineer } from '../session/permissions';
import { useWords } from '../text/language';
import type { BuildingTabProps } from './building-tabs';
import { FileFacts } from './file-facts';
import { FileForm } from './file-form';

/** The file as it stands, and the form to change it. */
export function FileTab({ building }: BuildingTabProps) {
  const { t } = useWords();
  const me = useMe().data;
  const [editing, setEditing] = useState(false);
  if (editing)
    return <FileForm file={fileOf(building)} version={building.version} onClose={() => setEditing(false)} />;
  const may = mayEngineer(me?.role) && building.mergedInto === null;
  return (
    <section>
      <div className="file-actions">
        {may && (
          <Button size="small" data-testid="building-edit" onClick={() => setEditing(true)}>
            {t('bld.edit')}
          </Button>
        )}
        {me && !mayEngineer(me.role) && (
          <span className="quiet">{t('bld.noRight', { role: t(`role.${me.role}`) })}</span>
        )}
        {building.masked && <span className="quiet">{t('bld.masked')}</span>}
      </div>
      <FileFacts building={building} />
    </section>
  );
}

/** What of a reply is the file itself. */
function fileOf({
  grade: _grade,
  mergedInto: _merged,
  masked: _masked,
  version: _version,
  ...file
}: BuildingShape) {
  return file;
}
