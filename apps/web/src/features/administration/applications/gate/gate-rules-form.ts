import { ref, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import { setGateRules } from '../../../../api/applications.api';
import { useForm } from '../../../../composables/form';
import { learnOfMove } from '../../shared/moved';
import { draftOf, faultOf, type RuleDraft, ruleOf, type TypedField } from './gate-rule-draft';
import type { NamedRules } from './gate-rules';

interface GateRulesFormOptions {
  id: string;
  stored: () => NamedRules;
  saved: () => void;
  /** Another administrator changed them meanwhile: emitted to read them again. */
  moved: () => void;
}

/** The rules being edited. Typed text stays when other rules are stored meanwhile; those are shown first. */
export function useGateRulesForm({ id, stored, saved, moved }: GateRulesFormOptions) {
  const { t } = useI18n();
  const seen = ref(stored());
  const contested = ref(false);
  const learn = learnOfMove(() => {
    contested.value = true;
    moved();
  });
  const form = useForm({
    initial: () => ({ rules: draftsOf(stored()) }),
    rules: {
      rules: ({ rules }) => (rules.some(isFaulty) ? t('applications.rules.faults.some') : ''),
    },
    async submit({ rules }) {
      await setGateRules(id, seen.value.version, rules.map(ruleOf)).catch(learn);
      saved();
    },
  });

  function errorOf(at: number, field: TypedField): string {
    const fault = form.errors.rules && faultOf(form.values.rules[at]!, field);
    if (fault) return t(`applications.rules.faults.${fault}`);
    return form.problem?.reasonOf(`rules.${at}.${field}`) ? t('applications.rules.faults.refused') : '';
  }
  /** Another version with the same rules changes nothing; other rules are shown first. */
  watch(stored, (now) => {
    if (contested.value || sameRules(now, seen.value)) seen.value = now;
  });
  return { form, contested, errorOf };
}

function draftsOf({ items, nameOf }: NamedRules): RuleDraft[] {
  return items.map((rule, key) => draftOf(rule, key, nameOf));
}

function isFaulty(draft: RuleDraft): boolean {
  return faultOf(draft, 'paths') !== undefined || faultOf(draft, 'methods') !== undefined;
}

function sameRules(one: NamedRules, other: NamedRules): boolean {
  return JSON.stringify(one.items) === JSON.stringify(other.items);
}
