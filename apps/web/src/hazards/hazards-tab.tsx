import { Button } from 'antd';
import { useState } from 'react';
import type { BuildingTabProps } from '../buildings/building-tabs';
import { useWords } from '../text/language';
import { HazardDetail } from './hazard-detail';
import { HazardList } from './hazard-list';
import { HazardReportForm } from './hazard-report-form';

/** Hazards of one building, newest first, and a new one. */
export function HazardsTab({ building }: BuildingTabProps) {
  const { t } = useWords();
  const [chosen, setChosen] = useState<string | null>(null);
  const [isNew, setNew] = useState(false);
  return (
    <section data-testid="hazards-tab">
      <div className="file-actions">
        <Button size="small" data-testid="hazard-new" onClick={() => setNew(!isNew)}>
          {t('haz.new')}
        </Button>
      </div>
      {isNew && (
        <HazardReportForm
          buildingId={building.id}
          onDone={id => {
            setNew(false);
            if (id !== null) setChosen(id);
          }}
        />
      )}
      <div className={chosen === null ? '' : 'hazard-work'}>
        <HazardList
          filter={{ state: 'all', buildingId: building.id }}
          chosenId={chosen}
          withBuilding={false}
          onChoose={setChosen}
        />
        {chosen !== null && <HazardDetail id={chosen} />}
      </div>
    </section>
  );
}
