import { Button, Tabs } from 'antd';
import { useWords } from '../text/language';
import { PaneSkeleton, ProblemNote } from '../shell/notes';
import { chooseAsset, chooseBuilding } from '../shell/route';
import { addressLine } from '@anmai/lifecycle';
import { useBuilding } from './building-data';
import { GradeBadge, ProtectionBadge } from './building-parts';
import { BUILDING_TABS } from './building-tabs';
import { yearText } from './building-text';

/** One building: who it is at the head, and everything about it in tabs. */
export function BuildingPage({ id, view }: { readonly id: string; readonly view: string | undefined }) {
  const words = useWords();
  const { t } = words;
  const query = useBuilding(id);
  const building = query.data;
  if (query.isError) return <ProblemNote error={query.error} onRetry={() => void query.refetch()} />;
  if (building === undefined) return <PaneSkeleton />;
  const tab = BUILDING_TABS.find(each => each.key === view) ?? BUILDING_TABS[0]!;
  const Element = tab.element;
  const { mergedInto, storeys } = building;
  return (
    <article data-testid="building" data-building-id={id} data-version={building.version}>
      <header className="building-head">
        <h2>{building.name}</h2>
        <GradeBadge grade={building.grade} />
        <ProtectionBadge protection={building.protection} />
        <span className="quiet">
          {addressLine(building.address)} · {t(`structure.${building.structure}`)}
          {storeys !== null && ` · ${t('fact.storeysOf', { n: storeys })}`} ·{' '}
          {yearText(words, building.yearBuilt)}
        </span>
        <Button size="small" type="link" onClick={() => chooseAsset(id)}>
          {t('bld.onMap')}
        </Button>
      </header>
      {mergedInto !== null && (
        <p className="merged-note">
          {t('bld.merged', { id: mergedInto })}
          <Button size="small" type="link" onClick={() => chooseBuilding(mergedInto)}>
            {t('bld.toSurvivor')}
          </Button>
        </p>
      )}
      <Tabs
        size="small"
        activeKey={tab.key}
        onChange={key => chooseBuilding(id, key)}
        items={BUILDING_TABS.map(each => ({ key: each.key, label: t(each.title) }))}
      />
      <Element key={building.version} building={building} />
    </article>
  );
}
