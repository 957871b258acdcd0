import { ref, type App } from 'vue';
import { disconnected } from './connection';

/** How browsers report that a chunk of a page failed to load: Chromium, Firefox, Safari. */
const NOT_LOADED = /dynamically imported module|Importing a module script failed|Unable to preload CSS/i;

interface PageFailure {
  kind: 'unreachable' | 'unexpected';
  /** The page that failed to load, instead of the previous one. */
  page?: string;
}

/** A failure that no page handles: of the network, or our own error. */
export const pageFailure = ref<PageFailure | null>(null);

export function failPage(failure: unknown): void {
  console.error(failure);
  const kind = NOT_LOADED.test(String(failure)) ? 'unreachable' : 'unexpected';
  pageFailure.value = { ...pageFailure.value, kind };
}

/** The router's error: which page was to open. */
export function failNavigation(failure: unknown, to: { fullPath: string }): void {
  failPage(failure);
  if (pageFailure.value?.kind !== 'unreachable') return;
  pageFailure.value.page = to.fullPath;
  disconnected.value = true;
}

/** Another page has opened instead. */
export function forgetUnreachedPage(): void {
  if (pageFailure.value?.page) pageFailure.value = null;
}

/** Shows a sentence with a way on for errors of components and unhandled promises, instead of a broken page. */
export function watchPageFailures(app: App): void {
  app.config.errorHandler = failPage;
  addEventListener('unhandledrejection', (event) => failPage(event.reason));
}
