import type { FactoryProvider } from '@nestjs/common';
import type { ApiDeps } from '../ports';
import { CheckupDesk } from './checkup-desk';
import { CheckupFormsController } from './checkup-forms.controller';
import { CheckupPlanning } from './checkup-planning';
import { CheckupTasksController } from './checkup-tasks.controller';
import { CheckupsController } from './checkups.controller';
import { RegimeController } from './regime.controller';

/** In this order: fixed addresses before those with an id in them. */
export const CHECKUP_CONTROLLERS = [
  CheckupFormsController,
  RegimeController,
  CheckupTasksController,
  CheckupsController,
];

export function checkupServices({ records, clock, utcOffsetMs }: ApiDeps): FactoryProvider[] {
  const desk = new CheckupDesk(records, clock);
  const planning = new CheckupPlanning(records, desk, clock, utcOffsetMs);
  return [
    { provide: CheckupDesk, useFactory: () => desk },
    { provide: CheckupPlanning, useFactory: () => planning },
  ];
}
