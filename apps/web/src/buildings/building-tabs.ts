import type { ComponentType } from 'react';
import type { BuildingShape } from '@anmai/wire';
import type { TextKey } from '../text/words';
import { GradingTab } from '../hazards/grading-tab';
import { HazardsTab } from '../hazards/hazards-tab';
import { WatchTab } from '../watch/watch-tab';
import { FileTab } from './file-tab';
import { TimelineTab } from './timeline-tab';

export interface BuildingTabProps {
  readonly building: BuildingShape;
}

/** What a building's page shows, in this order; `key` stands in the address. Each part of the platform adds its own. */
export interface BuildingTab {
  readonly key: string;
  readonly title: TextKey;
  readonly element: ComponentType<BuildingTabProps>;
}

export const BUILDING_TABS: readonly BuildingTab[] = [
  { key: 'file', title: 'tab.file', element: FileTab },
  { key: 'hazards', title: 'tab.hazards', element: HazardsTab },
  { key: 'grading', title: 'tab.grading', element: GradingTab },
  { key: 'watch', title: 'tab.watch', element: WatchTab },
  { key: 'timeline', title: 'tab.timeline', element: TimelineTab },
];
