import { useQuery } from '@pinia/colada';
import { computed, reactive } from 'vue';
import { getService, listMeans } from '../api/service.api';
import type { Means } from '../api/types';

/** Public data of the deployment, requested once. The pages work without it. */
export function useService() {
  const { data, refresh } = useQuery({
    key: ['service'],
    query: getService,
    staleTime: Infinity,
    gcTime: Infinity,
  });
  return reactive({
    /** Resolves after the answer or the failure. */
    ready: () => refresh(),
    name: computed(() => data.value?.name ?? 'Portillon'),
    operator: computed(() => data.value?.operator ?? null),
    demo: computed(() => data.value?.demo ?? false),
    codeWindowHours: computed(() => data.value?.codeWindowHours ?? 24),
    smsAvailable: computed(() => data.value?.smsAvailable ?? true),
    cardUrl: computed(() => data.value?.cardUrl ?? null),
    /** Statements of the operator; nothing while unknown. */
    accessibility: computed(() => data.value?.accessibility),
    supportEmail: computed(() => data.value?.supportEmail ?? null),
    face: computed(() => data.value?.face ?? null),
    sharedWorkstation: computed(() => data.value?.sharedWorkstation ?? false),
  });
}

const FRESH_MS = 30_000;

/** Since when no mail leaves, at most 30 s old; null while it does, while unknown, and while not `enabled`. */
export function useMailOutage(enabled: () => boolean = () => true) {
  const query = { key: ['service', 'now'], query: getService, staleTime: FRESH_MS };
  const { data } = useQuery(() => ({ ...query, enabled: enabled() }));
  return computed(() => data.value?.mailFailingSince ?? null);
}

/** Whether this deployment has a means besides the password, even one out of order now; true while unknown. */
export function useOffered() {
  const { data } = useMeans();
  return (means: Means['id']) =>
    data.value?.some(({ id, available, away }) => id === means && (available || away)) ?? true;
}

/** The means of signing in, in display order. */
export function useMeans() {
  return useQuery({ key: ['means'], query: listMeans });
}
