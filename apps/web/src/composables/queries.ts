import { PiniaColada, PiniaColadaQueryHooksPlugin, type UseQueryEntry } from '@pinia/colada';
import type { App } from 'vue';
import { ApiProblem } from '../api/problem';
import { reportUnanswered } from './page/connection';
import { failPage } from './page/page-failure';

declare module '@pinia/colada' {
  interface TypesConfig {
    /** Errors that functions of `api/` throw. */
    defaultError: ApiProblem;
    /** `shownInPlace`: the part that sent the request reports a missing answer, instead of the bar of the page. */
    queryMeta: { shownInPlace?: boolean };
  }
}

/**
 * Installs Pinia Colada. A page requests its data at each visit and drops it on leaving, because workstations are
 * shared. Nothing is refetched in the background, because reads are journaled.
 */
export function installQueries(app: App): void {
  app.use(PiniaColada, {
    queryOptions: { staleTime: 0, gcTime: 0, refetchOnWindowFocus: false, refetchOnReconnect: false },
    mutationOptions: { onError: reportFault },
    plugins: [PiniaColadaQueryHooksPlugin({ onError: reportQuery })],
  });
}

/** Reports a page's failed query once. Failures of a person's own actions are reported beside the action. */
function reportQuery(error: unknown, { meta }: UseQueryEntry): void {
  const unanswered = error instanceof ApiProblem && error.code === 'unreachable';
  if (unanswered && !meta.shownInPlace) reportUnanswered(error);
  reportFault(error);
}

/** The requesting page shows a refusal of the API; anything else is our own error. */
function reportFault(error: unknown): void {
  if (!(error instanceof ApiProblem)) failPage(error);
}
