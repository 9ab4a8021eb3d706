import { Button, Select } from 'antd';
import { useState } from 'react';
import { TIMELINE_KINDS } from '@anmai/lifecycle';
import type { TimelineEntryShape } from '@anmai/wire';
import { SeverityMark } from '../look/severity-mark';
import { Empty, PaneSkeleton, ProblemNote } from '../shell/notes';
import { chooseAlarm, chooseIncident } from '../shell/route';
import { fullTime, wallTime } from '../text/format';
import { useWords } from '../text/language';
import type { Words } from '../text/words';
import { useTimeline } from './building-data';
import type { BuildingTabProps } from './building-tabs';

/** Everything that ever happened to the building, newest first. */
export function TimelineTab({ building }: BuildingTabProps) {
  const { t } = useWords();
  const [kinds, setKinds] = useState<readonly string[]>([]);
  const query = useTimeline(building.id, kinds);
  const entries = query.data?.pages.flatMap(page => page.items) ?? [];
  return (
    <section className="timeline" data-testid="timeline">
      <Select
        mode="multiple"
        size="small"
        className="timeline-kinds"
        placeholder={t('tl.all')}
        value={[...kinds]}
        onChange={setKinds}
        options={TIMELINE_KINDS.map(value => ({ value, label: t(`tlKind.${value}`) }))}
      />
      {query.isError && <ProblemNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <PaneSkeleton />}
      {query.isSuccess && entries.length === 0 && <Empty title={t('tl.empty')} hint={t('tl.emptyHint')} />}
      <ol>
        {entries.map(entry => (
          <Line key={entry.id} entry={entry} ownId={building.id} />
        ))}
      </ol>
      {query.hasNextPage && (
        <Button size="small" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('tl.older')}
        </Button>
      )}
    </section>
  );
}

function Line({ entry, ownId }: { readonly entry: TimelineEntryShape; readonly ownId: string }) {
  const words = useWords();
  const { t } = words;
  const { kind, change, refId, severity } = entry;
  const open = kind === 'alarm' ? chooseAlarm : kind === 'incident' ? chooseIncident : null;
  const said = words.named('timeline', `${kind}.${change}`);
  return (
    <li data-kind={kind} data-change={change}>
      <time className="num" title={fullTime(entry.at)}>
        {isYearOnly(entry) ? wallTime(Date.parse(entry.at)).day.slice(0, 4) : fullTime(entry.at).slice(0, 16)}
      </time>
      <span className="quiet">{t(`tlKind.${kind}`)}</span>
      <span className="with-mark">
        {severity !== null && <SeverityMark severity={severity} fill="hollow" size={14} />}
        {open !== null && refId !== null ? (
          <button type="button" className="as-link" onClick={() => open(refId)}>
            {said}
          </button>
        ) : (
          <b>{said}</b>
        )}
        <span>{detailText(words, entry)}</span>
      </span>
      <span className="quiet">
        {entry.buildingId !== ownId && t('tl.fromMerged', { id: entry.buildingId })}{' '}
        {words.named('actor', entry.actor)}
      </span>
    </li>
  );
}

/** Of a work the year alone is known; its first day says no more. */
const isYearOnly = ({ kind, detail }: TimelineEntryShape): boolean =>
  (kind === 'renovation' || kind === 'reinforcement') && typeof detail['year'] === 'number';

/** What a line can say in a few words; what it does not know it leaves to the record itself. */
function detailText(words: Words, { kind, detail }: TimelineEntryShape): string {
  const text = (key: string): string => (typeof detail[key] === 'string' ? detail[key] : '');
  switch (kind) {
    case 'file': {
      const fields = Array.isArray(detail['fields']) ? (detail['fields'] as string[]) : [];
      if (fields.length > 0)
        return words.t('tl.fields', { fields: fields.map(name => fieldText(words, name)).join('、') });
      return text('why');
    }
    case 'document':
      return text('title');
    case 'renovation':
      return [words.named('renovation', text('kind')), text('note')].filter(part => part !== '').join(' · ');
    case 'reinforcement':
      return [text('method'), text('by')].filter(part => part !== '').join(' · ');
    case 'alarm':
      return [text('sensorName'), text('ruleName')].filter(part => part !== '').join(' · ');
    case 'incident':
      return words.named('family', text('familyId'));
    default:
      return text('note') || text('title') || text('summary');
  }
}

const FIELD_KEYS: Readonly<Record<string, string>> = {
  address: 'place', orgId: 'org', heightM: 'height', areaM2: 'area', yearBuilt: 'built', designLifeYears: 'designLife',
  precastSlabs: 'slabs', businessUse: 'business', people: 'residents', seismic: 'seismicDesigned',
}; // prettier-ignore
const fieldText = (words: Words, field: string): string => words.named('fact', FIELD_KEYS[field] ?? field);
