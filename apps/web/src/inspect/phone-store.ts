import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { CheckupForm } from '@anmai/lifecycle';
import type { DraftRow, FieldRow, FileRow, Picture, TaskRow } from './phone-shapes';

const NAME = 'anmai-inspect';
const VERSION = 1;

interface PhoneDb extends DBSchema {
  kv: { key: string; value: unknown };
  tasks: { key: string; value: TaskRow };
  forms: { key: string; value: CheckupForm };
  drafts: { key: string; value: DraftRow };
  fields: { key: [string, string]; value: FieldRow };
  files: { key: string; value: FileRow };
  blobs: { key: string; value: Blob };
}
export type StoreName = 'kv' | 'tasks' | 'forms' | 'drafts' | 'fields' | 'files' | 'blobs';

/** One thing to keep or to remove. `key`: for stores whose rows do not carry their own. */
export interface Change {
  readonly store: StoreName;
  readonly put?: unknown;
  readonly key?: IDBValidKey;
  readonly remove?: IDBValidKey;
}

/** Names the thing that a change is of: a later change of the same name takes its place. */
export function changeId({ store, put, key, remove }: Change): string {
  const row = (put ?? {}) as Partial<Record<'id' | 'key' | 'checkupId' | 'path', string>>;
  const own = store === 'fields' ? [row.checkupId, row.path] : (row.key ?? row.checkupId ?? row.id);
  return JSON.stringify([store, remove ?? key ?? own]);
}

/** What is kept on the telephone. Every call is one transaction; it resolves when the transaction is complete. */
export class PhoneStore {
  private constructor(private readonly db: IDBPDatabase<PhoneDb>) {}

  static async open(): Promise<PhoneStore> {
    const db = await openDB<PhoneDb>(NAME, VERSION, {
      upgrade(made) {
        made.createObjectStore('kv');
        made.createObjectStore('forms');
        made.createObjectStore('blobs');
        made.createObjectStore('tasks', { keyPath: 'id' });
        made.createObjectStore('drafts', { keyPath: 'checkupId' });
        made.createObjectStore('fields', { keyPath: ['checkupId', 'path'] });
        made.createObjectStore('files', { keyPath: 'key' });
      },
    });
    return new PhoneStore(db);
  }

  /** All or nothing. `strict`: on the disk of the telephone, rather than on its way there. */
  async apply(changes: readonly Change[], durability: 'strict' | 'relaxed' = 'relaxed'): Promise<void> {
    const stores = [...new Set(changes.map(change => change.store))];
    const tx = this.db.transaction(stores, 'readwrite', { durability });
    for (const { store, put, key, remove } of changes) {
      const target = tx.objectStore(store);
      // The shapes of rows are those of `PhoneDb`; whoever makes a change knows which store it names.
      if (remove !== undefined) void target.delete(remove as never).catch(ignore);
      else void target.put(put as never, key as never).catch(ignore);
    }
    await tx.done;
  }

  async blob(key: string): Promise<Blob | null> {
    return (await this.db.get('blobs', key)) ?? null;
  }

  /** Everything but the bytes of files. */
  async load(): Promise<
    Pick<Picture, 'tasks' | 'forms' | 'drafts' | 'files'> & { kv: Map<string, unknown>; rows: FieldRow[] }
  > {
    const [keys, values] = [await this.db.getAllKeys('kv'), await this.db.getAll('kv')];
    const [formKeys, forms] = [await this.db.getAllKeys('forms'), await this.db.getAll('forms')];
    return {
      kv: new Map(keys.map((key, i) => [key, values[i]])),
      tasks: new Map((await this.db.getAll('tasks')).map(row => [row.id, row])),
      forms: new Map(formKeys.map((key, i) => [key, forms[i]!])),
      drafts: new Map((await this.db.getAll('drafts')).map(row => [row.checkupId, row])),
      files: new Map((await this.db.getAll('files')).map(row => [row.key, row])),
      rows: await this.db.getAll('fields'),
    };
  }
}

/** A store as the pages need it. */
export type PhoneShelf = Pick<PhoneStore, 'apply' | 'blob' | 'load'>;

/** The transaction itself says what went wrong. */
const ignore = (): void => undefined;
