import { inject, onScopeDispose, ref, shallowRef, toRaw } from 'vue';
import { type RouteLocationNormalized, type Router, routerKey } from 'vue-router';

type Values = Record<string, unknown>;

/** Fields of passwords and codes, which no draft has. A spec compares them with the fields of the forms. */
export const SECRETS: ReadonlySet<string> = new Set(['password', 'current', 'next', 'code']);

/** The changed fields of forms that their page was left with: in memory only, of one account, by route and form. */
const drafts = new Map<string, Values>();
const forms = new Set<() => boolean>();
let owner: string | null = null;
let present = false;

/** The account of this tab's session. Another account's drafts are dropped. */
export function openDrafts(account: string): void {
  if (account !== owner) dropDrafts();
  owner = account;
  present = true;
}

/** The session is over. Only an expired one keeps its drafts, for the same person. */
export function closeDrafts(keeps: boolean): void {
  present = false;
  leaving.value?.(false);
  if (!keeps) dropDrafts();
}

/** Several people use this computer, or someone else signed in. A page that is still open leaves no draft either. */
export function dropDrafts(): void {
  drafts.clear();
  owner = null;
}

const hasUnsaved = () => present && [...forms].some((isUnsaved) => isUnsaved());

/** Answers the open question whether to leave the page; null without one. Asked by `App.vue`. */
export const leaving = shallowRef<((leaves: boolean) => void) | null>(null);

/** Asks before typed text is left, also by closing the tab. */
export function guardDrafts(router: Router): void {
  router.beforeEach(mayLeave);
  addEventListener('beforeunload', (event) => hasUnsaved() && event.preventDefault());
}

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

/**
 * Restores the fields that this account left changed in this form, and keeps those that it leaves now: by another page
 * or by the session's end. A form that closes on its page, as in a dialog, is given up.
 */
export function useDraft(values: Values, isSending: () => boolean) {
  const router = inject(routerKey, null);
  const path = router?.currentRoute.value.fullPath;
  const [account, fields] = [owner, Object.keys(values).filter((field) => !SECRETS.has(field))];
  const key = `${path} ${fields.join()}`;
  const read = () => fields.map((field) => JSON.stringify(values[field]));
  let saved = read();
  const changed = () => read().flatMap((value, at) => (value === saved[at] ? [] : fields[at]!));
  const isUnsaved = () => changed().length > 0 && !(present && isSending());
  const isResumed = ref(present && drafts.has(key));

  function keep() {
    forms.delete(isUnsaved);
    const isLeft = !present || router?.currentRoute.value.fullPath !== path;
    if (!router || !account || account !== owner || !isLeft || !isUnsaved()) return;
    const typed = changed().map((field) => [field, toRaw(values[field])] as const);
    // The browser's field cannot show a file again.
    drafts.set(key, Object.fromEntries(typed.filter(([, value]) => !(value instanceof File))));
  }
  if (present) {
    forms.add(isUnsaved);
    Object.assign(values, drafts.get(key));
    drafts.delete(key);
  }
  onScopeDispose(keep);
  return {
    isResumed,
    /** The present values are the stored ones, or the first ones. */
    settle() {
      saved = read();
      isResumed.value = false;
    },
  };
}
