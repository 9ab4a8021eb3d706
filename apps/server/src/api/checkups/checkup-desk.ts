import { AppError, type Clock } from '@anmai/kernel';
import { afterStep, isFixed, isOpenForAnswers, type CheckupRecord, type CheckupStep } from '@anmai/lifecycle';
import type { Principal } from '@anmai/nest';
import {
  FILES_ASKED_MAX,
  type CheckupChange,
  type CheckupRow,
  type CheckupViewer,
  type Records,
  type Submitted,
} from '@anmai/postgres';
import type { draftSyncSchema } from '@anmai/wire';
import type { z } from 'zod';
import { absent } from '../absent';
import { newId } from '../new-id';
import { CHECKUP_ERRORS as E } from './errors';
import { contentHash, recordOf, type SubmitBody } from './submit';

/** An inspector sees the own tasks; everybody else what the organisation lets see. */
export const viewerOf = (caller: Principal): CheckupViewer => ({
  within: caller.within,
  username: caller.username,
  onlyOwn: caller.role === 'inspector',
});
/** Who fills in is named on the check-up, wherever the building belongs. */
const ownViewer = (caller: Principal): CheckupViewer => ({
  within: null,
  username: caller.username,
  onlyOwn: true,
});

/** Takes check-ups through their steps, each decided under the lock of its row. */
export class CheckupDesk {
  constructor(
    private readonly records: Records,
    private readonly clock: Clock,
  ) {}

  async sync(id: string, body: z.output<typeof draftSyncSchema>, caller: Principal) {
    const offsetMs = this.offset(body.deviceAt);
    await this.start(id, caller);
    const { row, fields } = await this.records.checkups.sync(
      id,
      body.fields,
      offsetMs,
      requireOpen,
      ownViewer(caller),
    );
    return { row, fields, offsetMs, at: this.clock.now() };
  }

  async submit(id: string, body: SubmitBody, caller: Principal): Promise<Submitted> {
    await this.requireInspector(id, caller);
    const sent = {
      by: caller.username,
      at: this.clock.now(),
      offsetMs: this.offset(body.deviceAt),
      hash: contentHash(body),
    };
    return this.records.checkups.submit(
      id,
      { fields: body.fields, offsetMs: sent.offsetMs, contentHash: sent.hash },
      facts => {
        requireOpen(facts.row);
        return recordOf(body, facts, sent);
      },
      ownViewer(caller),
    );
  }

  /** By the agency: someone of it who was not on site. */
  async review(id: string, note: string | null, caller: Principal): Promise<CheckupRow> {
    const row = await this.seen(id, caller);
    await this.requireAbove(row, caller, 'agency');
    return this.take(id, 'review', { note, event: 'reviewed' }, caller);
  }

  async accept(id: string, note: string | null, caller: Principal): Promise<CheckupRow> {
    const row = await this.seen(id, caller);
    await this.requireAbove(row, caller, 'authority');
    return this.take(id, 'accept', { note, event: 'accepted' }, caller);
  }

  async sendBack(id: string, reason: string, caller: Principal): Promise<CheckupRow> {
    const row = await this.seen(id, caller);
    await this.requireAbove(row, caller, row.state === 'reviewed' ? 'authority' : 'agency');
    return this.take(id, 'return', { note: reason, event: 'returned' }, caller);
  }

  /** By the authority; what no agency has yet, by whoever sees the building. */
  async cancel(id: string, reason: string, caller: Principal): Promise<CheckupRow> {
    const row = await this.seen(id, caller);
    if (row.agencyId !== null) await this.requireRank(row, caller, 'authority');
    return this.take(id, 'cancel', { note: reason, event: 'cancelled' }, caller);
  }

  async supersede(
    id: string,
    chosen: string | undefined,
    reason: string,
    caller: Principal,
  ): Promise<CheckupRow> {
    const row = await this.seen(id, caller);
    await this.requireAbove(row, caller, 'authority');
    const newOne = chosen ?? newId('checkup');
    return this.records.checkups.supersede(
      id,
      newOne,
      present => {
        const change = stepOf(present, 'supersede', { note: reason, event: 'superseded' });
        return { ...change, patch: { ...change.patch, supersededBy: newOne } };
      },
      viewerOf(caller),
    );
  }

  /** An agency chooses among its people; which agency it is, the authority says. */
  async assign(
    id: string,
    agencyId: string,
    inspectors: readonly string[],
    caller: Principal,
  ): Promise<CheckupRow> {
    const seen = await this.seen(id, caller);
    if (seen.agencyId !== null)
      await this.requireRank(seen, caller, seen.agencyId === agencyId ? 'agency' : 'authority');
    return this.records.checkups.change(
      id,
      row => {
        // Someone else was faster: the right was looked at for another agency.
        if (row.agencyId !== seen.agencyId)
          throw new AppError(E.wrongStep, { id, state: row.state, step: 'assign' });
        const change = stepOf(row, 'assign', { note: null, event: null });
        return { ...change, patch: { ...change.patch, agencyId, inspectors } };
      },
      viewerOf(caller),
    );
  }

  /**
   * Which of the files of these records have not arrived yet, or are not the caller's to see: a hash that someone wrote
   * into a record does not tell whether others have that file.
   */
  async awaited(records: readonly CheckupRecord[], { within }: Principal): Promise<ReadonlySet<string>> {
    const hashes = [...new Set(records.flatMap(each => each.attachments.map(({ sha256 }) => sha256)))];
    const missing: string[] = [];
    for (let from = 0; from < hashes.length; from += FILES_ASKED_MAX)
      missing.push(...(await this.records.files.missing(hashes.slice(from, from + FILES_ASKED_MAX), within)));
    return new Set(missing);
  }

  async seen(id: string, caller: Principal): Promise<CheckupRow> {
    return (await this.records.checkups.get(id, viewerOf(caller))) ?? absent('check-up', id);
  }

  private take(
    id: string,
    step: CheckupStep,
    said: Pick<CheckupChange, 'note' | 'event'>,
    caller: Principal,
  ): Promise<CheckupRow> {
    return this.records.checkups.change(id, row => stepOf(row, step, said), viewerOf(caller));
  }

  /** The first answer of a phone puts it into the field. */
  private async start(id: string, caller: Principal): Promise<void> {
    const row = await this.requireInspector(id, caller);
    if (row.state !== 'assigned') return;
    await this.records.checkups.change(
      id,
      present => stepOf(present, 'start', { note: present.note, event: null }),
      ownViewer(caller),
    );
  }

  private async requireInspector(id: string, caller: Principal): Promise<CheckupRow> {
    const own = await this.records.checkups.get(id, ownViewer(caller));
    if (own !== null) return own;
    await this.seen(id, caller);
    throw new AppError(E.notInspector, { id });
  }

  /** Nobody judges what the own name stands on: as one who was sent there, who signed, or who submitted it. */
  private async requireAbove(row: CheckupRow, caller: Principal, as: 'agency' | 'authority'): Promise<void> {
    const { id } = row;
    const who = caller.username;
    const [newest] = (await this.records.checkups.file(id, viewerOf(caller)))?.records ?? [];
    const signed = newest?.signatures.map(({ username }) => username) ?? [];
    if ([...row.inspectors, ...signed, newest?.submittedBy].includes(who))
      throw new AppError(E.ownReview, { id, who });
    await this.requireRank(row, caller, as);
  }

  /**
   * `agency`: of the agency's organisation or above it. `authority`: above both the agency and the owner, so that neither
   * accepts its own.
   */
  private async requireRank(row: CheckupRow, caller: Principal, as: 'agency' | 'authority'): Promise<void> {
    const { id, agencyOrgId, buildingOrgId } = row;
    const sees = async (orgId: string): Promise<boolean> =>
      caller.within === null || (await this.records.orgs.get(orgId, caller.within)) !== null;
    const seesAgency = agencyOrgId !== null && (await sees(agencyOrgId));
    if (as === 'agency' && seesAgency) return;
    const isOwn = !caller.isPlatformWide && (caller.orgId === agencyOrgId || caller.orgId === buildingOrgId);
    if (seesAgency && !isOwn && (await sees(buildingOrgId))) return;
    throw new AppError(E.notAuthority, { id });
  }

  /** How much the phone's clock is behind ours. */
  private readonly offset = (deviceAt: number): number => this.clock.now() - deviceAt;
}

/** Answers go into what is in the field, or was sent back. */
function requireOpen(row: CheckupRow): void {
  const { id, state } = row;
  if (isFixed(state)) throw new AppError(E.recordFixed, { id, state });
  if (!isOpenForAnswers(state)) throw new AppError(E.wrongStep, { id, state, step: 'submit' });
}

function stepOf(
  row: CheckupRow,
  step: CheckupStep,
  said: Pick<CheckupChange, 'note' | 'event'>,
): CheckupChange {
  const state = afterStep(row.state, step);
  if (state === null) throw new AppError(E.wrongStep, { id: row.id, state: row.state, step });
  return { step, ...said, patch: { state, note: said.note } };
}
