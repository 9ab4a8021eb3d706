import { Segmented } from 'antd';
import { showTab, useRoute } from './route';

/** The part of the page that the address names; the first where it names none. */
export function useTab<T extends string>(tabs: readonly T[]): T {
  const { tab } = useRoute();
  return tabs.find(each => each === tab) ?? tabs[0]!;
}

interface TabsProps<T extends string> {
  readonly tabs: readonly T[];
  readonly tab: T;
  readonly label: (tab: T) => string;
}

/** Parts of a page; a reload shows the same one again. */
export function PageTabs<T extends string>({ tabs, tab, label }: TabsProps<T>) {
  return (
    <Segmented<T>
      className="page-tabs"
      data-testid="page-tabs"
      value={tab}
      onChange={showTab}
      options={tabs.map(value => ({ value, label: label(value) }))}
    />
  );
}
