import { Button, Segmented } from 'antd';
import { useDeferredValue, useState } from 'react';
import { blankFile } from '@anmai/lifecycle';
import { useMe } from '../session/data';
import { mayEngineer } from '../session/permissions';
import { chooseBuilding, type Route } from '../shell/route';
import { useWords } from '../text/language';
import { NO_BUILDING_FILTER } from './building-data';
import { BuildingFilterBar } from './building-filter';
import { BuildingList } from './building-list';
import { BuildingMap } from './building-map';
import { BuildingPage } from './building-page';
import { DuplicatesPage } from './duplicates-page';
import { FileForm } from './file-form';
import { ImportPage } from './import-page';

const VIEWS = ['list', 'map', 'duplicates'] as const;

/** The building files: found, placed, imported, one by one. */
export function BuildingsPage({ route }: { readonly route: Route }) {
  const { t } = useWords();
  const { buildingId, view } = route;
  const [filter, setFilter] = useState(NO_BUILDING_FILTER);
  const asked = useDeferredValue(filter);
  return (
    <main className="pane page buildings-page" data-testid="buildings-page">
      <div className="page-head">
        <h2>{t('page.buildings')}</h2>
        <PageViews view={buildingId === null ? (view ?? 'list') : ''} />
      </div>
      {buildingId !== null ? (
        <BuildingPage key={buildingId} id={buildingId} view={view} />
      ) : view === 'new' ? (
        <NewFile />
      ) : view === 'import' ? (
        <ImportPage />
      ) : view === 'duplicates' ? (
        <DuplicatesPage />
      ) : (
        <>
          <BuildingFilterBar filter={filter} onFilter={setFilter} />
          {view === 'map' ? <BuildingMap filter={asked} /> : <BuildingList filter={asked} />}
        </>
      )}
    </main>
  );
}

function PageViews({ view }: { readonly view: string }) {
  const { t } = useWords();
  const me = useMe().data;
  return (
    <>
      <Segmented<string>
        size="small"
        value={view}
        onChange={next => chooseBuilding(null, next === 'list' ? undefined : next)}
        options={VIEWS.map(value => ({ value, label: t(`bld.${value}`) }))}
      />
      {mayEngineer(me?.role) && (
        <>
          <Button size="small" data-testid="building-new" onClick={() => chooseBuilding(null, 'new')}>
            {t('bld.new')}
          </Button>
          <Button size="small" data-testid="building-import" onClick={() => chooseBuilding(null, 'import')}>
            {t('bld.import')}
          </Button>
        </>
      )}
    </>
  );
}

function NewFile() {
  const { t } = useWords();
  const me = useMe().data;
  if (me === undefined) return null;
  return (
    <>
      <h2>{t('bld.newTitle')}</h2>
      <FileForm file={blankFile('', me.orgId, '')} version={null} onClose={() => chooseBuilding(null)} />
    </>
  );
}
