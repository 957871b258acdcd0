import { watch } from 'vue';
import type { RouteLocationNormalized, RouteLocationRaw, Router } from 'vue-router';
import { ApiProblem } from '../api/problem';
import { SIGNED_OUT_RETURN } from '../api/session.api';
import type { Session } from '../api/types';
import { leavePage } from '../composables/page/leave-page';
import { useDraftsStore } from '../stores/drafts.store';
import { useSessionStore } from '../stores/session.store';
import { keptRequest, requestPath } from './application-request';
import { pathWithin } from './return-to';

/** Opens pages that require a session only when there is one, and leaves them when it ends. */
export function guardPages(router: Router): void {
  useDraftsStore().guard(router);
  router.beforeEach(admit);
  leaveWithSession(router);
}

async function admit(to: RouteLocationNormalized): Promise<RouteLocationRaw | boolean> {
  if (isForApplication(to)) return leaveForApplication();
  const detour = detourOf(to);
  if (detour) return detour;
  const sessions = useSessionStore();
  try {
    await sessions.load(!to.meta.public);
  } catch (failure) {
    if (!(failure instanceof ApiProblem)) throw failure;
    if (failure.code !== 'code.required')
      return { name: 'unavailable', query: { returnTo: to.fullPath }, replace: true };
  }
  if (sessions.signedIn && isSignIn(to)) return pathWithin(to.query.returnTo);
  return admitPerson(to, sessions.session);
}

/** Returns from a sign-out at Pro Santé Connect to a waiting application; the server knows which. */
function isForApplication({ name, query }: RouteLocationNormalized): boolean {
  return name === 'sign-in' && query.state === 'application';
}

function leaveForApplication(): false {
  leavePage(SIGNED_OUT_RETURN);
  return false;
}

/** Opens an application's request: from the server, or kept in this tab to change the person. */
function detourOf({ name, query }: RouteLocationNormalized): RouteLocationRaw | undefined {
  if (name === 'home' && query.request) return requestPath(String(query.request));
  const kept = name === 'sign-in' && !query.returnTo ? keptRequest() : '';
  return kept ? { name, query: { ...query, returnTo: requestPath(kept) }, replace: true } : undefined;
}

function admitPerson(to: RouteLocationNormalized, session: Session | null): RouteLocationRaw | true {
  const { meta, fullPath } = to;
  if (!session && !meta.public) return signInThen(fullPath);
  if (session?.limitedTo && isElsewhere(to)) return { name: 'enrolment', query: to.query, replace: true };
  if (session && asksStructure(to, session))
    return { name: 'structure-choice', query: fullPath === '/' ? {} : { returnTo: fullPath }, replace: true };
  return isAllowed(to, session) || { name: 'not-allowed', replace: true };
}

function isAllowed({ meta }: RouteLocationNormalized, session: Session | null): boolean {
  return !meta.roles || meta.roles.some((role) => session?.account.roles.includes(role));
}

/** Before any page except an application's request, which asks for one of the structures that the application admits. */
function asksStructure({ meta, name }: RouteLocationNormalized, session: Session): boolean {
  const several = session.structures.length > 1 && !session.structureChosen && !session.limitedTo;
  return several && !meta.public && name !== 'structure-choice' && name !== 'request';
}

/** A session limited to adding a strong means opens that page and public ones only. */
function isElsewhere({ meta, name }: RouteLocationNormalized): boolean {
  return !meta.public && name !== 'enrolment';
}

function leaveWithSession(router: Router): void {
  const sessions = useSessionStore();
  watch(
    () => sessions.signedIn,
    (signedIn) => {
      const { meta, fullPath } = router.currentRoute.value;
      const stays = meta.public && sessions.farewell !== 'signed-out';
      if (signedIn || stays) return;
      void router.push(sessions.farewell === 'ended' ? signInThen(fullPath) : { name: 'sign-in' });
    },
  );
}

function isSignIn(to: RouteLocationNormalized): boolean {
  return to.name === 'sign-in' || to.name === 'sign-in-code';
}

function signInThen(returnTo: string): RouteLocationRaw {
  return { name: 'sign-in', query: returnTo === '/' ? {} : { returnTo } };
}
