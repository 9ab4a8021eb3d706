import { ApiClient } from '../session/api-client';
import type { TokenRest } from '../session/session';
import type { Field } from './context';
import { FieldBook } from './field-book';
import { aloneByAsking, talkOver } from './one-page';
import { PhoneStore } from './phone-store';
import { PlaceWatch } from './place-watch';
import { isThrough, Sender } from './sender';

const LOCK = 'anmai.inspect';
/** Within it, another page of this browser says that it is there. */
const ANSWER_MS = 500;
/** How often what is new is sent while the page is open. */
const RETRY_MS = 10_000;
/** After a line that broke: soon, then less often. */
const AWAY_MS_MIN = 1_000;
const AWAY_MS_MAX = 30_000;

/**
 * Kept beyond a closed browser: a log-in that ends with the tab could not be had again in a basement. Beside everything else
 * rather than in `localStorage`, which browsers write to disk when they find time.
 */
const restIn = (book: FieldBook): TokenRest => ({
  read: () => book.session,
  write: value => void book.keepSession(value),
});

/**
 * One page at a time holds the telephone's store and its log-in: two would rotate one refresh token, and number their
 * writes alike. Resolves when no other page is open; lasts until this one is closed.
 */
export function alone(onWait: () => void): Promise<void> {
  const pause = () => new Promise<void>(resolve => setTimeout(resolve, ANSWER_MS));
  if (!('locks' in navigator)) return aloneByAsking(talkOver(LOCK), newDeviceId(), pause, onWait);
  return new Promise(resolve => {
    const waiting = setTimeout(onWait, ANSWER_MS);
    void navigator.locks.request(LOCK, () => {
      clearTimeout(waiting);
      resolve();
      return new Promise(() => undefined);
    });
  });
}

const newDeviceId = (): string =>
  `phone-${[...crypto.getRandomValues(new Uint8Array(8))].map(byte => byte.toString(16).padStart(2, '0')).join('')}`;

/** `onWait`: another page is open, and this one waits for it to be closed. */
export async function startInspector(onWait: () => void): Promise<Field> {
  void navigator.serviceWorker?.register('/inspect-sw.js', { scope: '/inspect' }).catch(() => undefined);
  await alone(onWait);
  const book = await FieldBook.open(await PhoneStore.open(), newDeviceId, Date.now);
  const api = new ApiClient(restIn(book));
  const sender = new Sender(api, book, Date.now);
  const tryNow = (): void => void sender.run();
  let awayMs = AWAY_MS_MIN;
  sender.subscribe(() => {
    if (isThrough(sender.get())) awayMs = AWAY_MS_MIN;
    if (sender.get().kind !== 'away') return;
    setTimeout(tryNow, awayMs);
    awayMs = Math.min(2 * awayMs, AWAY_MS_MAX);
  });
  window.addEventListener('online', tryNow);
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && tryNow());
  setInterval(tryNow, RETRY_MS);
  tryNow();
  return { api, book, sender, places: new PlaceWatch() };
}

/** Asks the browser to keep what is stored even when room gets short. */
export const persistStorage = async (): Promise<boolean> =>
  (await navigator.storage?.persist?.().catch(() => false)) ?? false;
export const isPersisted = async (): Promise<boolean> =>
  (await navigator.storage?.persisted?.().catch(() => false)) ?? false;
