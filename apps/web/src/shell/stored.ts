import { useSyncExternalStore } from 'react';

/** A setting of this browser. Kept where the browser allows it; else for as long as the page lives. */
export class Stored<T extends string> {
  private value: T;
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly key: string,
    private readonly allowed: (text: string) => text is T,
    fallback: T,
  ) {
    const text = read(key);
    this.value = text !== null && allowed(text) ? text : fallback;
  }

  get = (): T => this.value;

  set(value: T): void {
    this.value = value;
    try {
      localStorage.setItem(this.key, value);
    } catch {
      // Storage is switched off or full; the setting still holds until the page is closed.
    }
    for (const listener of this.listeners) listener();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export const oneOf =
  <T extends string>(...values: readonly T[]) =>
  (text: string): text is T =>
    (values as readonly string[]).includes(text);

export function useStored<T extends string>(setting: Stored<T>): [T, (value: T) => void] {
  return [useSyncExternalStore(setting.subscribe, setting.get), value => setting.set(value)];
}
