import { ref, type App } from 'vue';

/** How browsers tell that a chunk of a page did not come: Chromium, Firefox, Safari. */
const NOT_LOADED = /dynamically imported module|Importing a module script failed|Unable to preload CSS/i;

/** What broke that no page expected: the network that brings a page, or a fault of ours. */
export const pageFailure = ref<'unreachable' | 'unexpected' | null>(null);

export function failPage(failure: unknown): void {
  console.error(failure);
  pageFailure.value = NOT_LOADED.test(String(failure)) ? 'unreachable' : 'unexpected';
}

/** Faults of components and forgotten promises become a sentence with a way on, not a dead page. */
export function watchPageFailures(app: App): void {
  app.config.errorHandler = failPage;
  addEventListener('unhandledrejection', (event) => failPage(event.reason));
}
