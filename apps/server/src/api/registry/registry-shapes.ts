import { Inject, Injectable } from '@nestjs/common';
import type { AssetRecord, DeviceRecord, SensorRecord } from '@anmai/postgres';
import type { StoredReading } from '@anmai/readings';
import type { AssetShape, DeviceShape, ReadingShape, SensorShape } from '@anmai/wire';
import { iso, isoOrNull } from '../iso';
import { LIVE_STATE, type LiveState } from '../ports';

/** What the registry says of a thing together with how it is right now. */
@Injectable()
export class RegistryShapes {
  constructor(@Inject(LIVE_STATE) private readonly now: LiveState) {}

  readonly asset = (a: AssetRecord): AssetShape => ({
    id: a.id,
    kind: a.kind,
    name: a.name,
    geometry: a.geometry,
    parentId: a.parentId,
    orgId: a.orgId,
    links: a.links,
    properties: a.properties,
    version: a.version,
    state: this.now.asset(a.id),
  });

  readonly device = (d: DeviceRecord): DeviceShape => ({
    id: d.id,
    name: d.name,
    assetId: d.assetId,
    model: d.model,
    version: d.version,
    lastSeenAt: isoOrNull(this.now.deviceSeenAt(d.id)),
    online: this.now.deviceOnline(d.id),
  });

  readonly sensor = (s: SensorRecord): SensorShape => {
    const { latest, state } = this.now.sensor(s.id);
    return {
      id: s.id,
      name: s.name,
      assetId: s.assetId,
      deviceId: s.deviceId,
      channel: s.channel,
      quantity: s.quantity,
      unit: s.unit,
      expectedEverySeconds: s.expectedEverySeconds,
      range: s.range,
      version: s.version,
      latest: latest === null ? null : readingShape(latest),
      state,
    };
  };
}

export const readingShape = (r: StoredReading): ReadingShape => ({
  at: iso(r.at),
  value: r.value,
  quality: r.quality,
});
