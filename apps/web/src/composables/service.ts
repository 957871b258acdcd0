import { useQuery } from '@pinia/colada';
import { computed, reactive } from 'vue';
import { getService, listMeans } from '../api/service.api';

/** What the deployment says of itself, asked once. The pages do without when it does not answer. */
export function useService() {
  const { data, refresh } = useQuery({
    key: ['service'],
    query: getService,
    staleTime: Infinity,
    gcTime: Infinity,
  });
  return reactive({
    /** Resolves when it has answered, or will not. */
    ready: () => refresh(),
    demo: computed(() => data.value?.demo ?? false),
    codeWindowHours: computed(() => data.value?.codeWindowHours ?? 24),
    smsAvailable: computed(() => data.value?.smsAvailable ?? true),
    cardUrl: computed(() => data.value?.cardUrl ?? null),
    supportEmail: computed(() => data.value?.supportEmail ?? null),
  });
}

/** The ways to sign in, in the order to show them. */
export function useMeans() {
  return useQuery({ key: ['means'], query: listMeans });
}
