import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import type { RouteLocationNormalized, Router } from 'vue-router';

/** The changed fields of a form. */
export type Draft = Record<string, unknown>;
type IsUnsaved = () => boolean;

/** The drafts of forms that their page was left with: in memory only, of one account, by route and form. */
export const useDraftsStore = defineStore('drafts', () => {
  const drafts = new Map<string, Draft>();
  const forms = new Set<IsUnsaved>();
  /** The account whose drafts these are. */
  const owner = ref<string | null>(null);
  /** Its session is open. */
  const present = ref(false);
  /** Answers the open question whether to leave the page; null without one. Asked by `App.vue`. */
  const leaving = shallowRef<((leaves: boolean) => void) | null>(null);

  /** The account of this tab's session. Another account's drafts are dropped. */
  function open(account: string) {
    if (account !== owner.value) drop();
    owner.value = account;
    present.value = true;
  }
  /** The session is over. Only an expired one keeps its drafts, for the same person. */
  function close(keeps: boolean) {
    present.value = false;
    leaving.value?.(false);
    if (!keeps) drop();
  }
  /** Several people use this computer, or someone else signed in. A page that is still open leaves no draft either. */
  function drop() {
    drafts.clear();
    owner.value = null;
  }

  /** A form opens during a session: returns the draft that was kept of it, once. */
  function enter(form: string, isUnsaved: IsUnsaved): Draft | undefined {
    if (!present.value) return undefined;
    forms.add(isUnsaved);
    const draft = drafts.get(form);
    drafts.delete(form);
    return draft;
  }
  function keep(form: string, draft: Draft) {
    drafts.set(form, draft);
  }
  const forget = (isUnsaved: IsUnsaved) => forms.delete(isUnsaved);

  /** Asks before typed text is left, also by closing the tab. */
  function guard(router: Router) {
    router.beforeEach(mayLeave);
    addEventListener('beforeunload', (event) => hasUnsaved() && event.preventDefault());
  }
  const hasUnsaved = () => present.value && [...forms].some((isUnsaved) => isUnsaved());
  function mayLeave(to: RouteLocationNormalized, from: RouteLocationNormalized) {
    leaving.value?.(false);
    if (to.path === from.path || !hasUnsaved()) return true;
    return new Promise<boolean>((resolve) => {
      leaving.value = (leaves) => {
        leaving.value = null;
        resolve(leaves);
      };
    });
  }
  return { owner, present, leaving, open, close, drop, enter, keep, forget, guard };
});
