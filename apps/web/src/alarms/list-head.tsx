import { Input, Segmented, type InputRef } from 'antd';
import { useMemo, type Ref } from 'react';
import { useAlarms } from '../session/data';
import { useWords } from '../text/language';
import { passes, type AlarmFilter, type Show, type SortBy } from './alarm-order';
import { SeverityMark } from '../look/severity-mark';
import { ListSwitch } from '../incidents/list-switch';
import { NARROW, useMedia } from '../shell/media';

interface HeadProps {
  readonly filter: AlarmFilter;
  readonly by: SortBy;
  readonly search: Ref<InputRef>;
  readonly onFilter: (filter: AlarmFilter) => void;
  readonly onSort: (by: SortBy) => void;
}

const SHOWS: readonly Show[] = ['open', 'unacknowledged', 'blind', 'cleared', 'closed'];

/** How many pass. An unknown number is never drawn as none. */
function OpenCount({ filter }: { readonly filter: AlarmFilter }) {
  const { t } = useWords();
  const { alarms, query } = useAlarms();
  const count = useMemo(
    () => [...alarms.values()].filter(alarm => passes(alarm, filter)).length,
    [alarms, filter],
  );
  return alarms.size === 0 && !query.isSuccess ? '…' : t('list.count', { n: count });
}

/** Title, search, what to show and in which order. */
export function ListHead({ filter, by, search, onFilter, onSort }: HeadProps) {
  const { t } = useWords();
  const closed = filter.show === 'closed';
  const narrow = useMedia(NARROW);
  return (
    <div className="list-head">
      <div className="list-title">
        {narrow ? <h2>{t('list.title')}</h2> : <ListSwitch list="alarms" />}
        <span className="quiet num">{!closed && <OpenCount filter={filter} />}</span>
        {filter.severity !== null && (
          <button type="button" className="chip" onClick={() => onFilter({ ...filter, severity: null })}>
            <SeverityMark severity={filter.severity} fill="solid" size={14} />{' '}
            {t(`severity.${filter.severity}`)} ×
          </button>
        )}
        <Segmented<SortBy>
          size="small"
          disabled={closed}
          value={closed ? 'time' : by}
          onChange={onSort}
          options={[
            { value: 'severity', label: t('list.sortSeverity') },
            { value: 'time', label: t('list.sortTime') },
          ]}
        />
      </div>
      <Input
        ref={search}
        size="small"
        allowClear
        aria-label={t('list.search')}
        placeholder={t('list.search')}
        value={filter.text}
        onChange={event => onFilter({ ...filter, text: event.target.value })}
      />
      <Segmented<Show>
        size="small"
        block
        value={filter.show}
        onChange={show => onFilter({ ...filter, show })}
        options={SHOWS.map(show => ({ value: show, label: t(`show.${show}`) }))}
      />
    </div>
  );
}
