import { computed, ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { setPolicy } from '../../../api/administration.api';
import type { ApiProblem } from '../../../api/problem';
import type { AdminPolicy } from '../../../api/types';
import { useEdits } from './edits';
import { DEPLOYMENT, rulesOf, type TypedRules } from './policy-rules';
import { DATED, type DatedField } from './policy-courses';
import { type PolicyChange, shutsOut, usePolicyChanges } from './policy-changes';
import { startInParis } from '../../../composables/dates/paris-day';

/** The field asks for one per line; commas and spaces are accepted too. */
function addressesIn(typed: string): string[] {
  return typed.split(/[\s,;]+/).filter(Boolean);
}

interface PolicyFormOptions {
  structureId: string;
  policy: () => AdminPolicy;
  reason: () => string | undefined;
  /** Reads the structure again. */
  read: () => Promise<unknown>;
}

/** Form for a structure's rules. Those that may lock people out are confirmed first. */
export function usePolicyForm({ structureId, policy, reason, read }: PolicyFormOptions) {
  const { t } = useI18n();
  const changesOf = usePolicyChanges();
  /** The change to confirm before saving; empty without one. */
  const asking = ref<PolicyChange[]>([]);
  let confirmed = false;
  const { form, changed } = useEdits(
    {
      initial: () => rulesOf(policy()),
      rules: Object.fromEntries(
        (Object.keys(DATED) as DatedField[]).map((field) => [
          field,
          (typed: TypedRules) => dayProblem(typed[field]),
        ]),
      ),
      refusals: { egress: egressRefusal },
      submit,
    },
    read,
  );
  /** Without SMS, no other channel replaces mail. */
  const mailBlocked = computed(() => form.values.smsForbidden || !policy().deployment.smsAvailable);

  function dayProblem(day: string): string {
    return !day || startInParis(day) ? '' : t('administration.policy.dayWrong');
  }
  function egressRefusal(problem: ApiProblem): string {
    const refused = problem.reasonOf('egressAddresses');
    if (!refused) return '';
    return t(`administration.policy.${refused === 'too-long' ? 'egressTooLong' : 'egressWrong'}`);
  }
  async function submit(typed: TypedRules) {
    typed.egress = addressesIn(typed.egress).join('\n');
    const before = rulesOf(policy());
    asking.value = !confirmed && shutsOut(before, typed) ? changesOf(before, typed) : [];
    if (asking.value.length > 0) return 'unsaved';
    await setPolicy(structureId, policy().version, asked(typed));
  }
  function asked({ window, fromDay, strongFromDay, identityFromDay, ...typed }: TypedRules) {
    return {
      smsForbidden: typed.smsForbidden,
      mailFirstTimeOnly: typed.mailFirstTimeOnly && !mailBlocked.value,
      fourEyes: typed.fourEyes,
      sharedWorkstations: typed.shared,
      codeWindowHours: window === DEPLOYMENT ? null : Number(window),
      proSanteConnectFrom: fromDay ? startInParis(fromDay) : null,
      strongMeansFrom: strongFromDay ? startInParis(strongFromDay) : null,
      identityRequiredFrom: identityFromDay ? startInParis(identityFromDay) : null,
      totpIsStrong: typed.appIsStrong,
      passkeyKind: typed.deviceOnly ? ('device' as const) : ('any' as const),
      passkeyIdentity: typed.provenOnly ? ('proven' as const) : ('any' as const),
      egressAddresses: addressesIn(typed.egress),
      reason: reason(),
    };
  }
  /** Saves by `send` the changes that the person confirmed. */
  async function confirm(send: () => Promise<unknown>): Promise<void> {
    confirmed = true;
    await send();
    confirmed = false;
  }
  return { form, changed, mailBlocked, asking, confirm };
}
