import { computed, reactive, ref, shallowRef } from 'vue';
import { editAccount, getAccountOf } from '../../api/administration.api';
import { ApiProblem } from '../../api/problem';
import type { AdminAccount } from '../../api/types';
import { useAttempt } from '../../composables/attempt';
import {
  ACCOUNT_FIELDS,
  type AccountField,
  type AccountFields,
  emptyFields,
  fieldsOf,
  same,
} from './account-form';

/**
 * Editing an account that somebody else may edit at the same time. When it has moved, what they wrote is taken for the
 * fields that were not touched here; where both wrote, what is typed stays and both are shown. Nothing is overwritten
 * before the person says so by saving again.
 */
export function useAccountEdit(id: string) {
  const { busy, problem, run } = useAttempt();
  const seen = shallowRef<AdminAccount | null>(null);
  const typed = reactive<AccountFields>(emptyFields());
  const reason = ref('');
  /** The fields that both changed, with what they are now. */
  const contested = ref<AccountField[]>([]);
  const moved = ref(false);

  const before = computed(() => (seen.value ? fieldsOf(seen.value) : emptyFields()));
  const changed = computed(() => ACCOUNT_FIELDS.filter((field) => !same(field, typed, before.value)));

  const load = () =>
    run(async () => {
      seen.value = await getAccountOf(id);
      Object.assign(typed, before.value);
    });

  /** True once it is saved. */
  async function save(): Promise<boolean> {
    let saved = false;
    await run(async () => {
      try {
        seen.value = await editAccount(id, seen.value!.version, { ...changes(), ...why() });
        saved = true;
      } catch (failure) {
        if (!(failure instanceof ApiProblem) || failure.code !== 'precondition.failed') throw failure;
        await meet(await getAccountOf(id));
      }
    });
    return saved;
  }

  function changes() {
    const { structure, ...rest } = typed;
    const all = { ...trimmed(rest), structureId: structure?.id ?? null };
    const sent = changed.value.map((field) => (field === 'structure' ? 'structureId' : field));
    return Object.fromEntries(sent.map((field) => [field, all[field]]));
  }
  const why = () => (reason.value.trim() ? { reason: reason.value.trim() } : {});

  async function meet(now: AdminAccount) {
    const mine = changed.value;
    const theirs = fieldsOf(now);
    const disputed = mine.filter(
      (field) => !same(field, theirs, before.value) && !same(field, theirs, typed),
    );
    const untouched = ACCOUNT_FIELDS.filter((field) => !mine.includes(field));
    Object.assign(typed, Object.fromEntries(untouched.map((field) => [field, theirs[field]])));
    seen.value = now;
    contested.value = disputed;
    moved.value = true;
  }
  /** Gives up what was typed here for what is written now. */
  function takeTheirs() {
    Object.assign(typed, before.value);
    contested.value = [];
  }
  return { busy, problem, seen, typed, before, reason, changed, contested, moved, load, save, takeTheirs };
}

function trimmed({ displayName, username, email, ...rest }: Omit<AccountFields, 'structure'>) {
  return { ...rest, displayName: displayName.trim(), username: username.trim(), email: email.trim() };
}
