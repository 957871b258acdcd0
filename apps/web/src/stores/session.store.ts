import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import { ApiProblem } from '../api/problem';
import { getSession, readSession, renewSession, signOut } from '../api/session.api';
import type { Session } from '../api/types';
import { dropChallenges } from '../composables/codes/kept-challenge';
import { ADMINISTRATORS, NATIONAL } from '../composables/administrators';
import { forgetMeans, keepMeans } from '../composables/means/last-means';
import { useDraftsStore } from './drafts.store';
import { otherTabs } from './other-tabs';

/** Why the session ended, shown on the sign-in page. */
export type Farewell = 'signed-out' | 'ended' | 'someone-else' | 'left-alone';

export const useSessionStore = defineStore('session', () => {
  const drafts = useDraftsStore();
  const session = shallowRef<Session | null>(null);
  const asked = ref(false);
  const farewell = ref<Farewell | null>(null);
  let verifying: Promise<void> | null = null;
  let leaving = false;
  // This tab may already know, from a request to the server.
  const tabs = otherTabs(() => (session.value || farewell.value === 'ended') && end('signed-out'));

  /** However the session was opened: a return from Pro Santé Connect skips the sign-in page. */
  function adopt(received: Session) {
    session.value = received;
    drafts.open(received.account.id);
    if (received.sharedWorkstation) forgetMeans();
    else keepMeans(received.means);
    asked.value = true;
    farewell.value = null;
  }
  /** After a shared workstation was left, the next person does not go to the last person's page. */
  function end(why: Farewell) {
    farewell.value = why === 'ended' && session.value?.sharedWorkstation ? 'left-alone' : why;
    session.value = null;
    drafts.close(farewell.value === 'ended');
    asked.value = true;
    dropChallenges();
  }
  /** The server no longer knows the session. During a sign-out that is expected, in whatever order the answers come. */
  function lose() {
    if (session.value && !leaving) end('ended');
  }
  /** Asks the server once for the session; with `stepUp` it may ask the person for a code. */
  async function load(stepUp: boolean) {
    if (asked.value) return;
    try {
      adopt(await readSession());
    } catch (failure) {
      if (!(failure instanceof ApiProblem)) throw failure;
      if (failure.code === 'session.required') asked.value = true;
      else if (stepUp && failure.code === 'code.required') adopt(await getSession());
      else if (stepUp) throw failure;
    }
  }
  /** Reads the session again: another tab may have renewed it, ended it, or opened another person's. */
  function verify(): Promise<void> {
    verifying ??= compare().finally(() => (verifying = null));
    return verifying;
  }
  async function compare() {
    const before = session.value?.account.id;
    const current = await getSession();
    if (before !== undefined && current.account.id !== before) end('someone-else');
    else adopt(current);
  }
  async function renew() {
    adopt(await renewSession());
  }
  /** Signs out, or throws: a person must not leave a shared computer believing that they are signed out. */
  async function leave() {
    leaving = true;
    const next = await signOut()
      .catch((failure: unknown) => {
        if (!(failure instanceof ApiProblem) || failure.code !== 'session.required') throw failure;
        return null;
      })
      .finally(() => (leaving = false));
    tabs.tellSignedOut();
    end('signed-out');
    if (next) location.assign(next);
  }
  /** For the next person at this workstation: shows no goodbye. */
  async function changePerson() {
    await leave();
    farewell.value = null;
  }
  const administered = computed(
    () => session.value?.structures.filter(({ roles }) => holds(roles, ADMINISTRATORS)) ?? [],
  );
  const national = computed(() => holds(session.value?.account.roles, NATIONAL));
  return {
    session,
    farewell,
    signedIn: computed(() => session.value !== null),
    /** No session exists, so the server need not be asked for one. */
    over: computed(() => asked.value && !session.value),
    account: computed(() => session.value?.account ?? null),
    /** Works in several structures, one of which is in use. */
    several: computed(() => Number(session.value?.structures.length) > 1),
    administers: computed(() => holds(session.value?.account.roles, ADMINISTRATORS)),
    /** Administers every structure, not only their own. */
    national,
    /** Administers several structures, or a grouping and what is below it: their lists say which. */
    administersSeveral: computed(
      () => national.value || administered.value.length > 1 || administered.value[0]?.kind === 'grouping',
    ),
    /** Structures that the person administers, without those below a grouping. */
    administered,
    adopt,
    end,
    lose,
    load,
    verify,
    renew,
    leave,
    changePerson,
  };
});

function holds(roles: readonly string[] = [], wanted: readonly string[]): boolean {
  return roles.some((role) => wanted.includes(role));
}
