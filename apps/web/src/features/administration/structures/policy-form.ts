import { computed, ref, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import { setPolicy } from '../../../api/administration.api';
import type { ApiProblem } from '../../../api/problem';
import type { AdminPolicy } from '../../../api/types';
import { useForm } from '../../../composables/form';
import { learnOfMove } from '../shared/moved';
import { DEPLOYMENT, rulesOf, type TypedRules } from './policy-rules';
import { type PolicyChange, shutsOut, usePolicyChanges } from './policy-changes';
import { startInParis } from '../../../composables/dates/paris-day';

/** The field asks for one per line; commas and spaces are accepted too. */
function addressesIn(typed: string): string[] {
  return typed.split(/[\s,;]+/).filter(Boolean);
}

interface PolicyFormOptions {
  structureId: string;
  policy: () => AdminPolicy;
  saved: () => void;
  /** Another administrator changed it meanwhile: emitted to read it again. */
  moved: () => void;
}

/** Form for a structure's rules. After a concurrent change, typed values stay and other fields take the stored ones. */
export function usePolicyForm({ structureId, policy, saved, moved }: PolicyFormOptions) {
  const { t } = useI18n();
  const unchanged = ref(false);
  const changesOf = usePolicyChanges();
  /** The change to confirm before saving; empty without one. */
  const asking = ref<PolicyChange[]>([]);
  let confirmed = false;
  const form = useForm({
    initial: () => ({ ...rulesOf(policy()), reason: '' }),
    rules: {
      fromDay: ({ fromDay }) => dayProblem(fromDay),
      strongFromDay: ({ strongFromDay }) => dayProblem(strongFromDay),
      identityFromDay: ({ identityFromDay }) => dayProblem(identityFromDay),
    },
    refusals: { egress: egressRefusal },
    submit,
  });
  const names = Object.keys(rulesOf(policy())) as (keyof TypedRules)[];
  const changed = computed(() => names.some((name) => form.values[name] !== rulesOf(policy())[name]));
  /** Without SMS, no other channel replaces mail. */
  const mailBlocked = computed(() => form.values.smsForbidden || !policy().deployment.smsAvailable);

  function dayProblem(day: string): string {
    return !day || startInParis(day) ? '' : t('administration.policy.dayWrong');
  }
  function egressRefusal(problem: ApiProblem): string {
    const reason = problem.reasonOf('egressAddresses');
    if (!reason) return '';
    return t(`administration.policy.${reason === 'too-long' ? 'egressTooLong' : 'egressWrong'}`);
  }
  async function submit(): Promise<unknown> {
    form.values.egress = addressesIn(form.values.egress).join('\n');
    unchanged.value = !changed.value;
    if (unchanged.value) return undefined;
    const before = rulesOf(policy());
    asking.value = !confirmed && shutsOut(before, form.values) ? changesOf(before, form.values) : [];
    if (asking.value.length > 0) return 'unsaved';
    await setPolicy(structureId, policy().version, asked()).catch(learnOfMove(moved));
    form.values.reason = '';
    return saved();
  }
  function asked() {
    const { smsForbidden, mailFirstTimeOnly, fourEyes, window, fromDay, egress, reason } = form.values;
    const { strongFromDay, identityFromDay, appIsStrong, deviceOnly, provenOnly, shared } = form.values;
    return {
      smsForbidden,
      mailFirstTimeOnly: mailFirstTimeOnly && !mailBlocked.value,
      fourEyes,
      sharedWorkstations: shared,
      codeWindowHours: window === DEPLOYMENT ? null : Number(window),
      proSanteConnectFrom: fromDay ? startInParis(fromDay) : null,
      strongMeansFrom: strongFromDay ? startInParis(strongFromDay) : null,
      identityRequiredFrom: identityFromDay ? startInParis(identityFromDay) : null,
      totpIsStrong: appIsStrong,
      passkeyKind: deviceOnly ? ('device' as const) : ('any' as const),
      passkeyIdentity: provenOnly ? ('proven' as const) : ('any' as const),
      egressAddresses: addressesIn(egress),
      ...(reason.trim() && { reason: reason.trim() }),
    };
  }
  /** Saves the changes that the person confirmed. */
  async function confirm(): Promise<void> {
    confirmed = true;
    await form.send();
    confirmed = false;
  }
  watch(policy, (now, before) => {
    const [is, was] = [rulesOf(now), rulesOf(before)];
    const alone = names.filter((name) => form.values[name] === was[name]);
    Object.assign(form.values, Object.fromEntries(alone.map((name) => [name, is[name]])));
  });
  return { form, mailBlocked, asking, confirm, unchanged: computed(() => unchanged.value && !changed.value) };
}
