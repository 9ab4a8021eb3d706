import type { Member } from './composite-rule';

/** Open alarms that some composite asks about, by id and by asset. */
export class MemberIndex {
  readonly members = new Map<string, Member>();
  readonly byAsset = new Map<string, Set<string>>();

  put(member: Member): void {
    this.members.set(member.alarmId, member);
    const there = this.byAsset.get(member.assetId);
    if (there === undefined) this.byAsset.set(member.assetId, new Set([member.alarmId]));
    else there.add(member.alarmId);
  }

  delete(alarmId: string): void {
    const member = this.members.get(alarmId);
    if (member === undefined) return;
    this.members.delete(alarmId);
    const there = this.byAsset.get(member.assetId)!;
    there.delete(alarmId);
    if (there.size === 0) this.byAsset.delete(member.assetId);
  }

  clear(): void {
    this.members.clear();
    this.byAsset.clear();
  }
}
