import { useQuery } from '@pinia/colada';
import { computed } from 'vue';
import { getWaysInOf } from '../../../../api/administration.api';
import type { AdminAccount } from '../../../../api/types';
import { toldReasons, useWaysIn } from '../../../../composables/texts/ways-in';
import type { ActName } from './account-acts';
import { actOfReason } from './way-in-acts';

/** What keeps a person out, in a sentence, and the act that mends it. */
export interface AccountBlock {
  text: string;
  act?: ActName;
}

export const waysInKey = (id: string) => ['admin-ways-in', id];

/** Whether the person can enter, as the server decides it. The page has it asked again with every act. */
export function useStanding(account: () => AdminAccount) {
  const { sentences } = useWaysIn();
  const { data } = useQuery({
    key: () => waysInKey(account().id),
    query: () => getWaysInOf(account().id),
  });

  /** An act stands beside the first reason that it mends. Nothing of a person who enters as usual. */
  const blocks = computed<AccountBlock[]>(() => {
    if (!data.value || data.value.canEnter === 'yes') return [];
    const acts = toldReasons(data.value).map(actOfReason);
    return sentences(data.value).map((text, at) => {
      const act = acts[at];
      return act && acts.indexOf(act) === at ? { text, act } : { text };
    });
  });
  /** Who enters as usual: by which means. Nothing of who does not, and undefined until it is known. */
  const entrance = computed(
    () => data.value && (data.value.canEnter === 'yes' ? sentences(data.value)[0] : ''),
  );
  return { blocks, entrance };
}
