import { Inject, Injectable } from '@nestjs/common';
import type { Asset, Device, Org, Sensor } from '@anmai/catalog';
import { AppError } from '@anmai/kernel';
import { FaultsError, type Fault, type Principal } from '@anmai/nest';
import type { ImportFault, Records } from '@anmai/postgres';
import { IMPORT_LISTS, importRowSchemas, type ImportListName, type ImportReply } from '@anmai/wire';
import { authorOf } from '../author';
import { API_ERRORS } from '../errors';
import { roleAllows } from '../permissions';
import { RECORDS } from '../ports';
import type { ImportRow } from './import-csv';
import { RegistryWrites } from './registry-writes';

interface Checked {
  readonly rows: Record<ImportListName, unknown[]>;
  /** Where each row of a list came from. */
  readonly places: Record<ImportListName, string[]>;
  readonly faults: Fault[];
}

/** Takes many things at once, all or nothing, and says of every row what is wrong with it. */
@Injectable()
export class RegistryImporter {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    @Inject(RegistryWrites) private readonly writes: RegistryWrites,
  ) {}

  /** Rejects with API-003 (422) and every fault found; then nothing was written. */
  async take(rows: readonly ImportRow[], caller: Principal): Promise<ImportReply> {
    if (rows.some(row => row.list === 'orgs') && !roleAllows(caller.role, 'orgs.write')) {
      const why = 'the import holds organisations';
      throw new AppError(API_ERRORS.notYours, { permission: 'orgs.write', why });
    }
    const checked = checkRows(rows);
    if (checked.faults.length > 0) throw new FaultsError(API_ERRORS.importFaults, checked.faults);
    const result = await this.records.registry.importRegistry(
      {
        orgs: checked.rows.orgs as Org[],
        assets: checked.rows.assets as Asset[],
        devices: checked.rows.devices as Device[],
        sensors: checked.rows.sensors as Sensor[],
      },
      authorOf(caller),
    );
    if (!result.ok) {
      const faults = result.error.map(fault => placed(fault, checked.places));
      throw new FaultsError(API_ERRORS.importFaults, faults);
    }
    await this.writes.publish();
    const { orgs, assets, devices, sensors } = result.value;
    return { orgs, assets, devices, sensors };
  }
}

function checkRows(rows: readonly ImportRow[]): Checked {
  const checked: Checked = { rows: emptyLists(), places: emptyLists(), faults: [] };
  for (const { list, at, value } of rows) {
    const parsed = importRowSchemas[list].safeParse(value);
    if (!parsed.success) {
      for (const { path, message } of parsed.error.issues) {
        checked.faults.push({ at: [at, ...path.map(String)].join('.'), message });
      }
      continue;
    }
    const { data } = parsed;
    checked.rows[list].push(list === 'devices' || list === 'sensors' ? { name: data.id, ...data } : data);
    checked.places[list].push(at);
  }
  return checked;
}

const emptyLists = <T>(): Record<ImportListName, T[]> =>
  Object.fromEntries(IMPORT_LISTS.map(list => [list, [] as T[]])) as unknown as Record<ImportListName, T[]>;

function placed(fault: ImportFault, places: Checked['places']): Fault {
  const at = fault.list === 'credentials' ? undefined : places[fault.list][fault.index];
  return { at: at ?? `${fault.list}.${fault.index}`, message: `${fault.id}: ${fault.message}` };
}
