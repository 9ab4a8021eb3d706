import { findAssetKind, findQuantity } from '@anmai/catalog';
import { noticeOfAlarm, type Notice } from '@anmai/notify';
import type { ToldChange } from '@anmai/postgres';

/** What a change is told as. A quantity that the catalogue does not know goes by its id. */
export function noticeOfChange(told: ToldChange): Notice {
  const quantity = told.quantity === null ? null : findQuantity(told.quantity);
  const name = told.quantity ?? told.change.sensorId;
  return noticeOfAlarm(told.change, {
    assetName: told.assetName,
    orgPath: told.orgPath,
    group: (told.assetKind === null ? null : findAssetKind(told.assetKind))?.group ?? 'other',
    what: quantity === null ? { zh: name, en: name } : { zh: quantity.zh, en: quantity.en },
    unit: told.unit,
  });
}
