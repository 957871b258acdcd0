import { useQuery } from '@pinia/colada';
import { computed, reactive } from 'vue';
import { getService, listMeans } from '../api/service.api';
import type { Means } from '../api/types';

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
    name: computed(() => data.value?.name ?? 'Portillon'),
    operator: computed(() => data.value?.operator ?? null),
    demo: computed(() => data.value?.demo ?? false),
    codeWindowHours: computed(() => data.value?.codeWindowHours ?? 24),
    smsAvailable: computed(() => data.value?.smsAvailable ?? true),
    cardUrl: computed(() => data.value?.cardUrl ?? null),
    /** What the operator declares; nothing while it is not known. */
    accessibility: computed(() => data.value?.accessibility),
    supportEmail: computed(() => data.value?.supportEmail ?? null),
    face: computed(() => data.value?.face ?? null),
    sharedWorkstation: computed(() => data.value?.sharedWorkstation ?? false),
  });
}

/** Whether this deployment has a means beside the password, be it away just now; yes while that is not known. */
export function useOffered() {
  const { data } = useMeans();
  return (means: Means['id']) =>
    data.value?.some(({ id, available, away }) => id === means && (available || away)) ?? true;
}

/** The ways to sign in, in the order to show them. */
export function useMeans() {
  return useQuery({ key: ['means'], query: listMeans });
}
