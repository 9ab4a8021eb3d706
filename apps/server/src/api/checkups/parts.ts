import type { FactoryProvider } from '@nestjs/common';
import type { ApiDeps } from '../ports';
import { CalendarController } from './calendar.controller';
import { CheckupDesk } from './checkup-desk';
import { CheckupFormsController } from './checkup-forms.controller';
import { CheckupPlanning } from './checkup-planning';
import { CheckupTasksController } from './checkup-tasks.controller';
import { CheckupsController } from './checkups.controller';
import { DueController } from './due.controller';
import { RegimeController } from './regime.controller';
import { CheckupReportController } from './report.controller';
import { RoundDesk } from './round-desk';
import { RoundsController } from './rounds.controller';

/** In this order: fixed addresses before those with an id in them. */
export const CHECKUP_CONTROLLERS = [
  CheckupFormsController,
  RegimeController,
  DueController,
  RoundsController,
  CalendarController,
  CheckupReportController,
  CheckupTasksController,
  CheckupsController,
];

export function checkupServices({ records, clock, utcOffsetMs }: ApiDeps): FactoryProvider[] {
  const desk = new CheckupDesk(records, clock);
  const planning = new CheckupPlanning(records, desk, clock, utcOffsetMs);
  return [
    { provide: CheckupDesk, useFactory: () => desk },
    { provide: CheckupPlanning, useFactory: () => planning },
    { provide: RoundDesk, useFactory: () => new RoundDesk(records, clock, utcOffsetMs) },
  ];
}
