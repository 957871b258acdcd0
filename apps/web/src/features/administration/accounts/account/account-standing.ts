import { useQuery } from '@pinia/colada';
import { computed } from 'vue';
import { getWaysInOf } from '../../../../api/administration.api';
import type { AdminAccount } from '../../../../api/types';
import { isClear, shownReasons, useWaysIn } from '../../../../composables/texts/ways-in';
import type { ActName } from './account-acts';
import { actOfReason } from './way-in-acts';

/** A sentence that explains why the person cannot sign in, and the action that fixes it. */
export interface AccountBlock {
  text: string;
  act?: ActName;
}

export const waysInKey = (id: string) => ['admin-ways-in', id];

/** Whether the person can sign in, as the server decides. Requested again after each action. */
export function useStanding(account: () => AdminAccount) {
  const { sentences } = useWaysIn();
  const { data } = useQuery({
    key: () => waysInKey(account().id),
    query: () => getWaysInOf(account().id),
  });

  /** Each action is shown beside the first reason that it fixes. Empty without an obstacle. */
  const blocks = computed<AccountBlock[]>(() => {
    if (!data.value || isClear(data.value)) return [];
    const acts = shownReasons(data.value).map(actOfReason);
    return sentences(data.value).map((text, at) => {
      const act = acts[at];
      return act && acts.indexOf(act) === at ? { text, act } : { text };
    });
  });
  /** Means of a person without an obstacle. Empty for others; undefined while loading. */
  const entrance = computed(() => data.value && (isClear(data.value) ? sentences(data.value)[0] : ''));
  return { blocks, entrance };
}
