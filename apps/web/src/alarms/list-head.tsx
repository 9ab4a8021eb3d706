import { Input, Segmented, type InputRef } from 'antd';
import type { Ref } from 'react';
import { useWords } from '../text/language';
import type { AlarmFilter, Show, SortBy } from './alarm-order';
import { SeverityMark } from '../look/severity-mark';

interface HeadProps {
  /** Null: not known yet. An unknown number is never drawn as none. */
  readonly count: number | null;
  readonly filter: AlarmFilter;
  readonly by: SortBy;
  readonly search: Ref<InputRef>;
  readonly onFilter: (filter: AlarmFilter) => void;
  readonly onSort: (by: SortBy) => void;
}

const SHOWS: readonly Show[] = ['open', 'unacknowledged', 'blind', 'cleared'];

/** Title, search, what to show and in which order. */
export function ListHead({ count, filter, by, search, onFilter, onSort }: HeadProps) {
  const { t } = useWords();
  return (
    <div className="list-head">
      <div className="list-title">
        <h2>
          {t('list.title')}{' '}
          <span className="quiet num">{count === null ? '…' : t('list.count', { n: count })}</span>
        </h2>
        {filter.severity !== null && (
          <button type="button" className="chip" onClick={() => onFilter({ ...filter, severity: null })}>
            <SeverityMark severity={filter.severity} fill="solid" size={14} />{' '}
            {t(`severity.${filter.severity}`)} ×
          </button>
        )}
        <Segmented<SortBy>
          size="small"
          value={by}
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
