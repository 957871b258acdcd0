import { computed, ref, type ShallowRef, shallowRef, watch } from 'vue';
import type { Challenge, CodeReceipt } from '../../api/types';
import { CHANNELS } from './channels';
import { useWhileVisible } from '../page/while-visible';

const EVERY_MS = 5_000;
/** Two minutes: after that, people request another SMS. */
const MOST_TIMES = 24;
const FINAL: CodeReceipt['delivery'][] = ['delivered', 'undelivered'];

/** The mobile operator's report on the SMS of a code, polled while the person waits; null when none will come. */
export function useCodeReceipt(
  challenge: Readonly<ShallowRef<Challenge | null>>,
  ask?: () => Promise<CodeReceipt>,
) {
  const receipt = shallowRef<CodeReceipt | null>(null);
  const times = ref(0);
  const isReported = computed(
    () => ask !== undefined && Boolean(challenge.value && CHANNELS[challenge.value.channel].isReported),
  );

  async function look() {
    if (!ask || !isReported.value || receipt.value || times.value === MOST_TIMES) return;
    times.value += 1;
    const of = challenge.value!.id;
    // Without an answer, the page stays as it is.
    const answer = await ask().catch(() => null);
    if (answer && FINAL.includes(answer.delivery) && challenge.value?.id === of) receipt.value = answer;
  }
  watch(
    () => challenge.value?.id,
    () => {
      receipt.value = null;
      times.value = 0;
    },
  );
  useWhileVisible(look, EVERY_MS);

  return computed(() => {
    if (!isReported.value) return null;
    if (receipt.value) return { state: receipt.value.delivery, at: receipt.value.at };
    return { state: times.value < MOST_TIMES ? 'sent' : 'unconfirmed', at: null } as const;
  });
}
