import { ref, type App } from 'vue';

/** Something broke that no page expected: a chunk that does not load any more, a fault of ours. */
export const pageFailed = ref(false);

export function failPage(failure: unknown): void {
  console.error(failure);
  pageFailed.value = true;
}

/** Faults of components and forgotten promises become a sentence with a way on, not a dead page. */
export function watchPageFailures(app: App): void {
  app.config.errorHandler = failPage;
  addEventListener('unhandledrejection', (event) => failPage(event.reason));
}
