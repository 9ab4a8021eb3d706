/*
 * The service worker of the inspector's page: keeps the built page, so that it opens without a line. It never touches the
 * interface of the server: what was filled in is kept and sent by the page itself.
 */

/** Written in by the build: the files of the page, and a hash of them. */
declare const INSPECT_FILES: readonly string[];
declare const INSPECT_BUILD: string;

/** What is used here of a worker's scope; the types of workers and of pages exclude each other. */
interface WorkerEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface FetchEvent extends WorkerEvent {
  readonly request: Request;
  respondWith(reply: Promise<Response>): void;
}
interface WorkerScope {
  addEventListener(name: 'install' | 'activate', fn: (event: WorkerEvent) => void): void;
  addEventListener(name: 'fetch', fn: (event: FetchEvent) => void): void;
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
}
const scope = self as unknown as WorkerScope;

const PREFIX = 'anmai-inspect-';
const CACHE = PREFIX + INSPECT_BUILD;
const SHELL = '/inspect';

scope.addEventListener('install', event => event.waitUntil(install()));
scope.addEventListener('activate', event => event.waitUntil(activate()));
scope.addEventListener('fetch', event => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== location.origin) return;
  if (event.request.mode === 'navigate') {
    if (url.pathname === SHELL || url.pathname.startsWith(`${SHELL}/`))
      event.respondWith(kept(SHELL, event.request));
  } else if (INSPECT_FILES.includes(url.pathname)) event.respondWith(kept(url.pathname, event.request));
});

/** All files or none: half a page would open to nothing. */
async function install(): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.addAll([SHELL, ...INSPECT_FILES].map(path => new Request(path, { cache: 'reload' })));
  await scope.skipWaiting();
}

/** A page that is open has all of its files already: nothing is loaded later. */
async function activate(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(
    names.filter(name => name.startsWith(PREFIX) && name !== CACHE).map(name => caches.delete(name)),
  );
  await scope.clients.claim();
}

async function kept(path: string, request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  return (await cache.match(path)) ?? fetch(request);
}
