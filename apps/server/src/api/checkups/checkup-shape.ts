import type { Millis } from '@anmai/kernel';
import { conflictsOf, type CheckupRecord, type Finding } from '@anmai/lifecycle';
import type { CheckupFile, CheckupRow, CheckupTask } from '@anmai/postgres';
import type { CheckupDetailShape, CheckupRecordShape, CheckupShape, CheckupTaskShape } from '@anmai/wire';
import { iso } from '../iso';

export function checkupShape(row: CheckupRow): CheckupShape {
  const {
    demand,
    place,
    inspectors,
    buildingId: _building,
    buildingOrgId: _org,
    agencyOrgId: _agency,
    hasFile: _file,
    ...rest
  } = row;
  return {
    ...rest,
    building: place,
    inspectors: [...inspectors],
    demand: demand === null ? null : { ...demand, at: iso(demand.at) },
  };
}

const findingShape = (finding: Finding): CheckupRecordShape['findings'][number] => ({
  ...finding,
  codes: [...finding.codes],
});

/** `revision`: the newest of its check-up. */
export function recordShape(record: CheckupRecord, revision: number): CheckupRecordShape {
  const { answers, findings, signatures, attachments, startedAt, finishedAt, submittedAt, ...rest } = record;
  return {
    ...rest,
    answers,
    findings: findings.map(findingShape),
    signatures: signatures.map(each => ({ ...each, signedAt: isoClock(each.signedAt) })),
    attachments: [...attachments],
    startedAt: isoClock(startedAt),
    finishedAt: isoClock(finishedAt),
    submittedAt: iso(submittedAt),
    superseded: record.revision < revision,
  };
}

export function detailShape({ row, ruleSet, records, steps, fields }: CheckupFile): CheckupDetailShape {
  const isOpen = Object.keys(fields).length > 0 && ['assigned', 'inField', 'returned'].includes(row.state);
  return {
    ...checkupShape(row),
    scale: ruleSet.scale.value,
    inspectorsMin: ruleSet.inspectorsMin.value,
    records: records.map(record => recordShape(record, row.revision)),
    history: steps.map(({ step, actor, at, note }) => ({ step, actor, at: iso(at), note })),
    draft: isOpen ? { fields, conflicts: [...conflictsOf(fields)] } : null,
  };
}

export function taskShape({
  row,
  ruleSet,
  fields,
  last,
  geometry,
  properties,
}: CheckupTask): CheckupTaskShape {
  return {
    ...checkupShape(row),
    scale: ruleSet.scale.value,
    inspectorsMin: ruleSet.inspectorsMin.value,
    geometry,
    properties,
    fields,
    last:
      last === null
        ? null
        : {
            recordId: last.id,
            checkupId: last.checkupId,
            submittedAt: iso(last.submittedAt),
            form: last.form,
            answers: last.answers,
            result: last.result,
          },
  };
}

/** A phone's clock may be anything, and set right it may be beyond what a date can say. */
const isoClock = (at: Millis): string =>
  iso(Math.min(Math.max(at, -62_135_596_800_000), 253_402_300_799_999));
