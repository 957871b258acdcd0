import { inject, onScopeDispose, ref, toRaw } from 'vue';
import { routerKey } from 'vue-router';
import { type Draft, useDraftsStore } from '../stores/drafts.store';

/** Fields of passwords and codes, which no draft has. A spec compares them with the fields of the forms. */
export const SECRETS: ReadonlySet<string> = new Set(['password', 'current', 'next', 'code']);

/**
 * Restores the fields that this account left changed in this form, and keeps those that it leaves now: by another page
 * or by the session's end. A form that closes on its page, as in a dialog, is given up.
 */
export function useDraft(values: Draft, isSending: () => boolean) {
  const drafts = useDraftsStore();
  const router = inject(routerKey, null);
  const path = router?.currentRoute.value.fullPath;
  const [account, fields] = [drafts.owner, Object.keys(values).filter((field) => !SECRETS.has(field))];
  const form = `${path} ${fields.join()}`;
  const read = () => fields.map((field) => JSON.stringify(values[field]));
  let saved = read();
  const changed = () => read().flatMap((value, at) => (value === saved[at] ? [] : fields[at]!));
  const isUnsaved = () => changed().length > 0 && !(drafts.present && isSending());
  const draft = drafts.enter(form, isUnsaved);
  const isResumed = ref(draft !== undefined);
  Object.assign(values, draft);

  function keep() {
    drafts.forget(isUnsaved);
    const isLeft = !drafts.present || router?.currentRoute.value.fullPath !== path;
    if (!router || !account || account !== drafts.owner || !isLeft || !isUnsaved()) return;
    const typed = changed().map((field) => [field, toRaw(values[field])] as const);
    // The browser's field cannot show a file again.
    drafts.keep(form, Object.fromEntries(typed.filter(([, value]) => !(value instanceof File))));
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
