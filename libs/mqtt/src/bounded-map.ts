/** A map that forgets what was set longest ago once it holds `max` entries. */
export class BoundedMap<K, V> {
  readonly #entries = new Map<K, V>();

  constructor(private readonly max: number) {}

  get size(): number {
    return this.#entries.size;
  }

  get(key: K): V | undefined {
    return this.#entries.get(key);
  }

  set(key: K, value: V): void {
    this.#entries.delete(key);
    if (this.#entries.size >= this.max) {
      for (const oldest of this.#entries.keys()) {
        this.#entries.delete(oldest);
        break;
      }
    }
    this.#entries.set(key, value);
  }
}

/**
 * True at most once in `periodMs` for each key, so that one misconfigured device cannot flood its readers.
 */
export class OncePer {
  readonly #saidAtMs: BoundedMap<string, number>;

  constructor(
    private readonly periodMs: number,
    max: number,
  ) {
    this.#saidAtMs = new BoundedMap(max);
  }

  first(key: string, nowMs: number): boolean {
    const said = this.#saidAtMs.get(key);
    if (said !== undefined && nowMs - said < this.periodMs) return false;
    this.#saidAtMs.set(key, nowMs);
    return true;
  }
}
