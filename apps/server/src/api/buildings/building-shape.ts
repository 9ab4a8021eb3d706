import { maskedFile, type BuildingFile } from '@anmai/lifecycle';
import { AppError } from '@anmai/kernel';
import type { Principal } from '@anmai/nest';
import { BUILDING_ERRORS, type BuildingRecord, type TimelineEntry } from '@anmai/postgres';
import type { buildingSchema, BuildingShape, TimelineEntryShape } from '@anmai/wire';
import type { z } from 'zod';
import { iso } from '../iso';
import { roleAllows } from '../permissions';

/** Names and phones of people are for those who keep the files. */
export const maySeePeople = (caller: Principal): boolean => roleAllows(caller.role, 'buildings.write');

export function buildingShape(record: BuildingRecord, caller: Principal): BuildingShape {
  const masked = !maySeePeople(caller);
  return { ...(masked ? maskedFile(record) : record), masked };
}

export const timelineShape = (entry: TimelineEntry): TimelineEntryShape => ({ ...entry, at: iso(entry.at) });

/** The file that a body describes. A grade in it is refused, whatever it says. */
export function fileOfBody(id: string, body: z.infer<typeof buildingSchema>): BuildingFile {
  const { grade, ...fields } = body;
  if (grade !== undefined) throw new AppError(BUILDING_ERRORS.gradeIsAppraised);
  return { ...fields, id };
}
