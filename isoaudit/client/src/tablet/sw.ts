/// <reference lib="webworker" />
// The service worker: the app's files, installed whole or not at all, and served from this device. It never keeps an
// answer of the API, and it waits beside its predecessor until main.ts says that no audit is open anywhere.
import { PrecacheController } from "workbox-precaching";

interface Listed {
  url: string;
  revision: string;
  integrity: string;
}
declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: Listed[] };

const SHELL = new URL("./", self.location.href).pathname;
const API = `${SHELL}api/`;
const kept = new PrecacheController();
kept.addToCacheList(self.__WB_MANIFEST);
const shell = kept.createHandlerBoundToURL(SHELL);

self.addEventListener("install", (event) => {
  event.waitUntil(install(event));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(Promise.all([kept.activate(event), self.clients.claim()]));
});

self.addEventListener("message", (event) => {
  if (event.data === "take over") void self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin || url.pathname.startsWith(API)) return;
  if (request.mode === "navigate") {
    if (url.pathname.startsWith(SHELL)) event.respondWith(shell({ event, request, url }));
    return;
  }
  const cacheKey = kept.getCacheKeyForURL(url.href);
  if (cacheKey) event.respondWith(kept.strategy.handle({ event, request, params: { cacheKey } }));
});

/** Fetch and check every file; afterwards each must be there, so that a full disk fails the installing and not the work. */
async function install(event: ExtendableEvent): Promise<void> {
  await kept.install(event);
  const found = await Promise.all(kept.getCachedURLs().map((url) => kept.matchPrecache(url)));
  if (found.some((answer) => answer === undefined)) throw new Error("not every file of the app was kept");
}
