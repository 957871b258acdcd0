import { computed, ref, watch } from 'vue';
import { useRoute, useRouter } from 'vue-router';

/** The steps, by their name in the address. */
export const STEPS = { '': 'kind', adresse: 'site', public: 'who', branchement: 'connect' } as const;
type StepAddress = keyof typeof STEPS;
export type Step = (typeof STEPS)[StepAddress];
const ADDRESSES = Object.keys(STEPS) as StepAddress[];

/** The step that the address names, if it was reached: the browser's « back » and « forward » move between steps. */
export function useCreateSteps() {
  const route = useRoute();
  const router = useRouter();
  const reached = ref(0);
  const asked = computed(() => ADDRESSES.indexOf((route.query['etape'] ?? '') as StepAddress));
  const at = computed(() => (asked.value >= 0 && asked.value <= reached.value ? asked.value : 0));
  const locationOf = (index: number) => ({
    name: 'admin-application-create',
    query: ADDRESSES[index] ? { etape: ADDRESSES[index] } : {},
  });

  /** A reload loses the typed values, so the page starts at the first step. */
  watch(
    () => route.name === 'admin-application-create' && at.value !== Math.max(asked.value, 0),
    (lost) => lost && void router.replace(locationOf(0)),
    { immediate: true },
  );
  /** After the creation, « back » does not return to the form. */
  async function next(): Promise<void> {
    reached.value = Math.max(reached.value, at.value + 1);
    const isLast = at.value + 2 === ADDRESSES.length;
    await (isLast ? router.replace : router.push)(locationOf(at.value + 1));
  }
  return {
    place: computed(() => at.value + 1),
    step: computed<Step>(() => STEPS[ADDRESSES[at.value]!]),
    last: ADDRESSES.length,
    before: computed(() => (at.value === 0 ? undefined : locationOf(at.value - 1))),
    next,
    goTo: (step: Step) => router.push(locationOf(Object.values(STEPS).indexOf(step))),
  };
}
