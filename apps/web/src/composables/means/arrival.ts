import { useRoute, useRouter } from 'vue-router';
import type { Session } from '../../api/types';
import { useLocaleStore } from '../../stores/locale.store';
import { useSessionStore } from '../../stores/session.store';
import { pathWithin } from '../../router/return-to';

/** Completes a sign-in by any means: stores the session, and opens the requested page. */
export function useArrival() {
  const route = useRoute();
  const router = useRouter();
  const sessions = useSessionStore();
  const locales = useLocaleStore();

  return async (session: Session) => {
    sessions.adopt(session);
    await router.replace(pathWithin(route.query.returnTo));
    // The page already shows the browser's language; loading the account's may take longer or fail alone.
    await locales.meetAccount().catch(() => undefined);
  };
}
