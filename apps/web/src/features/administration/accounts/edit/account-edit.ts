import { computed, ref, shallowRef } from 'vue';
import { editAccount, getAccountOf } from '../../../../api/administration.api';
import { ApiProblem } from '../../../../api/problem';
import type { AdminAccount } from '../../../../api/types';
import { useForm } from '../../../../composables/form';
import {
  ACCOUNT_FIELDS,
  type AccountField,
  type AccountFields,
  fieldsOf,
  followName,
  missingFields,
  nameParts,
  same,
} from './account-form';
import { useFieldTexts } from '../../shared/field-texts';
import { useRights } from '../../shared/rights';

/**
 * Edits an account that another administrator may edit at the same time. After a concurrent change, fields not touched
 * here take the stored values. Where both changed a field, the typed text stays and both are shown. Nothing is
 * overwritten before the person saves again.
 */
export function useAccountEdit(account: AdminAccount, saved: () => unknown) {
  const { national } = useRights();
  const seen = shallowRef(account);
  /** Fields that both administrators changed. */
  const contested = ref<AccountField[]>([]);
  const moved = ref(false);
  const unchanged = ref(false);
  const before = computed(() => fieldsOf(seen.value));
  const form = useForm({
    initial: () => ({ ...fieldsOf(account), reason: '' }),
    ...useFieldTexts(ACCOUNT_FIELDS, (fields: AccountFields) => missingFields(fields, national.value)),
    submit,
  });
  followName(form.values);
  const changed = (): AccountField[] =>
    ACCOUNT_FIELDS.filter((field) => !same(field, form.values, before.value));

  async function submit(): Promise<unknown> {
    unchanged.value = !changed().length;
    if (unchanged.value) return undefined;
    try {
      await editAccount(account.id, seen.value.version, { ...changes(), ...why() });
    } catch (failure) {
      if (!(failure instanceof ApiProblem) || failure.code !== 'precondition.failed') throw failure;
      meet(await getAccountOf(account.id));
      return 'unsaved';
    }
    return saved();
  }
  function changes() {
    const { displayName, username, email, roles, locale, structure } = form.values;
    const text = { displayName: displayName.trim(), username: username.trim(), email: email.trim() };
    const all = { ...text, ...nameParts(form.values), roles, locale, structureId: structure?.id ?? null };
    const sent = changed().map((field) => (field === 'structure' ? 'structureId' : field));
    // Sends the shown display name: without it, the server would derive one from the parts.
    if (sent.includes('givenName') || sent.includes('familyName')) sent.push('displayName');
    return Object.fromEntries(sent.map((field) => [field, all[field]]));
  }
  function why() {
    const reason = form.values.reason.trim();
    return reason ? { reason } : {};
  }
  function meet(now: AdminAccount): void {
    const mine = changed();
    const theirs = fieldsOf(now);
    contested.value = mine.filter(
      (field) => !same(field, theirs, before.value) && !same(field, theirs, form.values),
    );
    const untouched = ACCOUNT_FIELDS.filter((field) => !mine.includes(field));
    Object.assign(form.values, Object.fromEntries(untouched.map((field) => [field, theirs[field]])));
    seen.value = now;
    moved.value = true;
  }
  /** Drops the typed values for the stored ones. */
  function takeTheirs(): void {
    Object.assign(form.values, before.value);
    contested.value = [];
  }
  return { form, seen, before, contested, moved, unchanged, takeTheirs };
}
