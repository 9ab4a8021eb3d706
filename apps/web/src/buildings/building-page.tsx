import { Button, Tabs } from 'antd';
import type { BuildingShape } from '@anmai/wire';
import { useWords } from '../text/language';
import type { Words } from '../text/words';
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
  const { mergedInto } = building;
  return (
    <article data-testid="building" data-building-id={id} data-version={building.version}>
      <header className="building-head">
        <h2>{building.name}</h2>
        <GradeBadge grade={building.grade} />
        <span>
          <span className="quiet">{t('fact.protection')} </span>
          <ProtectionBadge protection={building.protection} />
        </span>
        <span className="quiet">{knownFacts(words, building)}</span>
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

/** What is known of place and body, in one line; what is not known stands in the file. */
function knownFacts(words: Words, { address, structure, storeys, yearBuilt }: BuildingShape): string {
  const { t } = words;
  return [
    addressLine(address),
    structure === 'unknown' ? '' : t(`structure.${structure}`),
    storeys === null ? '' : t('fact.storeysOf', { n: storeys }),
    yearBuilt.kind === 'unknown' ? '' : yearText(words, yearBuilt),
  ]
    .filter(part => part !== '')
    .join(' · ');
}
