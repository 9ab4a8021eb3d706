import { Input, InputNumber, Select } from 'antd';
import { GRADES, PROTECTIONS, STRUCTURES, USES, YEAR_MAX, YEAR_MIN } from '@anmai/lifecycle';
import { useWords } from '../text/language';
import type { BuildingFilterState } from './building-data';

interface FilterProps {
  readonly filter: BuildingFilterState;
  readonly onFilter: (filter: BuildingFilterState) => void;
}

/** One line of search and choices; each narrows what the others left. */
export function BuildingFilterBar({ filter, onFilter }: FilterProps) {
  const { t } = useWords();
  const put = (change: Partial<BuildingFilterState>): void => onFilter({ ...filter, ...change });
  const choice = (
    key: 'grade' | 'protection' | 'use' | 'structure',
    options: readonly { readonly value: string; readonly label: string }[],
  ) => (
    <Select
      size="small"
      value={filter[key]}
      aria-label={t(`col.${key}`)}
      popupMatchSelectWidth={false}
      onChange={value => put({ [key]: value })}
      options={[{ value: '', label: t('bld.choice', { what: t(`col.${key}`) }) }, ...options]}
    />
  );
  return (
    <div className="building-filter">
      <Input
        size="small"
        allowClear
        data-testid="building-search"
        placeholder={t('bld.search')}
        value={filter.q}
        onChange={event => put({ q: event.target.value })}
      />
      <Input
        size="small"
        allowClear
        placeholder={t('fact.district')}
        value={filter.district}
        onChange={event => put({ district: event.target.value })}
      />
      <Input
        size="small"
        allowClear
        placeholder={t('fact.street')}
        value={filter.street}
        onChange={event => put({ street: event.target.value })}
      />
      {choice('grade', [
        ...GRADES.map(value => ({ value, label: t('bld.grade', { grade: value }) })),
        { value: 'none', label: t('bld.gradeNone') },
      ])}
      {choice(
        'protection',
        PROTECTIONS.map(value => ({ value, label: t(`protection.${value}`) })),
      )}
      {choice(
        'use',
        USES.map(value => ({ value, label: t(`use.${value}`) })),
      )}
      {choice(
        'structure',
        STRUCTURES.map(value => ({ value, label: t(`structure.${value}`) })),
      )}
      <InputNumber<number>
        size="small"
        value={filter.yearTo}
        min={YEAR_MIN}
        max={YEAR_MAX}
        aria-label={t('col.built')}
        placeholder={t('fact.yearBefore', { to: '…' })}
        onChange={yearTo => put({ yearTo })}
      />
    </div>
  );
}
