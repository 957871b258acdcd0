import { PiniaColada, PiniaColadaQueryHooksPlugin, type UseQueryEntry } from '@pinia/colada';
import type { App } from 'vue';
import { ApiProblem } from '../api/problem';
import { tellUnanswered } from './page/connection';
import { failPage } from './page/page-failure';

declare module '@pinia/colada' {
  interface TypesConfig {
    /** What the functions of `api/` throw. */
    defaultError: ApiProblem;
    /** `toldInPlace`: that there is no answer is said where it was asked, not in the bar for the whole page. */
    queryMeta: { toldInPlace?: boolean };
  }
}

/**
 * Installs Pinia Colada: a page asks anew at each visit and what it shows goes with it, because a workstation is
 * shared; nothing is asked again behind the person's back, because reading is journaled.
 */
export function installQueries(app: App): void {
  app.use(PiniaColada, {
    queryOptions: { staleTime: 0, gcTime: 0, refetchOnWindowFocus: false, refetchOnReconnect: false },
    mutationOptions: { onError: reportFault },
    plugins: [PiniaColadaQueryHooksPlugin({ onError: reportQuery })],
  });
}

/** Reports a failed query of a page once. Failures of the person's own actions are reported where they act. */
function reportQuery(error: unknown, { meta }: UseQueryEntry): void {
  const unanswered = error instanceof ApiProblem && error.code === 'unreachable';
  if (unanswered && !meta.toldInPlace) tellUnanswered(error);
  reportFault(error);
}

/** A refusal of the API is for the page that asked; anything else is a fault of ours. */
function reportFault(error: unknown): void {
  if (!(error instanceof ApiProblem)) failPage(error);
}
