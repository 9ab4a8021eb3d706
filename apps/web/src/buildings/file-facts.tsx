import type { ReactNode } from 'react';
import { addressLine, type Party } from '@anmai/lifecycle';
import type { BuildingShape } from '@anmai/wire';
import { useWords } from '../text/language';
import type { TextKey } from '../text/words';
import { useOrgs } from './building-data';
import { yearText } from './building-text';

type Facts = readonly (readonly [TextKey, ReactNode])[];

/** Everything that is known, by section; what is not known says so rather than leaving a gap. */
export function FileFacts({ building }: { readonly building: BuildingShape }) {
  return (
    <div className="file-sections">
      <Section title="fact.identity" facts={useIdentity(building)} />
      <Section title="fact.body" facts={useBody(building)} />
      <Section title="fact.useAndPeople" facts={useUse(building)} />
      <Section title="fact.works" facts={useWorks(building)} />
    </div>
  );
}

/** A word of the file; that nobody knows is said more quietly than what is known. */
function Word({ value, text }: { readonly value: string; readonly text: string }) {
  return value === 'unknown' ? <span className="quiet">{text}</span> : text;
}

function Section({ title, facts }: { readonly title: TextKey; readonly facts: Facts }) {
  const { t } = useWords();
  return (
    <section>
      <h3>{t(title)}</h3>
      <dl className="facts">
        {facts.map(([key, value]) => (
          <div key={key} className="fact">
            <dt>{t(key)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function useIdentity(building: BuildingShape): Facts {
  const { t } = useWords();
  const orgs = useOrgs().data;
  const { address, codes } = building;
  const unknown = <span className="quiet">{t('bld.notKnown')}</span>;
  return [
    ['fact.id', building.id],
    ['fact.codes', codes.length === 0 ? unknown : <Codes codes={codes} />],
    ['fact.org', orgs?.find(org => org.id === building.orgId)?.name ?? building.orgId],
    ['fact.text', addressLine(address) || unknown],
    ['fact.district', address.district || unknown],
    ['fact.street', address.street || unknown],
    ['fact.community', address.community || unknown],
    ['fact.footprint', <Place key="place" footprint={building.footprint} />],
  ];
}

function Codes({ codes }: Pick<BuildingShape, 'codes'>) {
  const { t } = useWords();
  return (
    <ul>
      {codes.map(({ scheme, code }) => (
        <li key={`${scheme} ${code}`}>
          <span className="num">{code}</span> <span className="quiet">{t(`scheme.${scheme}`)}</span>
        </li>
      ))}
    </ul>
  );
}

function Place({ footprint }: Pick<BuildingShape, 'footprint'>) {
  const { t } = useWords();
  if (footprint === null) return <span className="quiet">{t('bld.notKnown')}</span>;
  const first = footprint.type === 'Point' ? footprint.coordinates : footprint.coordinates.flat()[0];
  const [lon, lat] = first as readonly [number, number];
  const corners = footprint.type === 'Polygon' ? (footprint.coordinates[0]?.length ?? 1) - 1 : 0;
  return (
    <span className="num">
      {lon.toFixed(6)}, {lat.toFixed(6)}
      {corners > 0 && <span className="quiet"> {t('fact.area4', { n: corners })}</span>}
    </span>
  );
}

function useBody(building: BuildingShape): Facts {
  const words = useWords();
  const { t } = words;
  const { seismic } = building;
  const number = (value: number | null): ReactNode =>
    value === null ? (
      <span className="quiet">{t('bld.notKnown')}</span>
    ) : (
      <span className="num">{value}</span>
    );
  return [
    [
      'fact.structure',
      <Word
        key="building.structure"
        value={building.structure}
        text={t(`structure.${building.structure}`)}
      />,
    ],
    [
      'fact.slabs',
      <Word
        key="building.precastSlabs"
        value={building.precastSlabs}
        text={t(`answer.${building.precastSlabs}`)}
      />,
    ],
    ['fact.storeys', number(building.storeys)],
    ['fact.basements', number(building.basements)],
    ['fact.height', number(building.heightM)],
    ['fact.area', number(building.areaM2)],
    ['fact.built', yearText(words, building.yearBuilt)],
    ['fact.designLife', number(building.designLifeYears)],
    [
      'fact.seismicDesigned',
      <Word key="seismic.designed" value={seismic.designed} text={t(`answer.${seismic.designed}`)} />,
    ],
    ['fact.intensity', number(seismic.intensityDegree)],
    [
      'fact.isolated',
      <Word key="seismic.isolated" value={seismic.isolated} text={t(`answer.${seismic.isolated}`)} />,
    ],
  ];
}

function useUse(building: BuildingShape): Facts {
  const { t } = useWords();
  const { people } = building;
  const party = (one: Party | null): ReactNode =>
    one === null ? (
      <span className="quiet">{t('bld.nobody')}</span>
    ) : (
      <>
        {one.name} <span className="num quiet">{one.phone}</span>
      </>
    );
  const count = (value: number | null): ReactNode =>
    value ?? <span className="quiet">{t('bld.notKnown')}</span>;
  return [
    ['fact.use', <Word key="building.use" value={building.use} text={t(`use.${building.use}`)} />],
    [
      'fact.business',
      <Word
        key="building.businessUse"
        value={building.businessUse}
        text={t(`answer.${building.businessUse}`)}
      />,
    ],
    [
      'fact.ownership',
      <Word
        key="building.ownership"
        value={building.ownership}
        text={t(`ownership.${building.ownership}`)}
      />,
    ],
    [
      'fact.protection',
      <Word
        key="building.protection"
        value={building.protection}
        text={t(`protection.${building.protection}`)}
      />,
    ],
    ['fact.owner', party(building.owner)],
    ['fact.dutyHolder', party(building.dutyHolder)],
    ['fact.manager', party(building.manager)],
    ['fact.households', count(people.households)],
    ['fact.residents', count(people.residents)],
  ];
}

function useWorks({ renovations, reinforcements, documents }: BuildingShape): Facts {
  const { t } = useWords();
  const list = (lines: readonly string[]): ReactNode =>
    lines.length === 0 ? (
      <span className="quiet">{t('bld.nobody')}</span>
    ) : (
      <ul>
        {lines.map((line, n) => (
          <li key={`${n} ${line}`}>{line}</li>
        ))}
      </ul>
    );
  const joined = (...parts: readonly (string | number | null)[]): string =>
    parts.filter(part => part !== null && part !== '').join(' · ');
  return [
    [
      'fact.renovations',
      list(renovations.map(each => joined(each.year, t(`renovation.${each.kind}`), each.note))),
    ],
    ['fact.reinforcements', list(reinforcements.map(each => joined(each.year, each.method, each.by)))],
    ['fact.documents', list(documents.map(each => each.title))],
  ];
}
