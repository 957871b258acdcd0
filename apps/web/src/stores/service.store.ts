import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import { getService } from '../api/service.api';
import type { Service } from '../api/types';

/** What the deployment says of itself. The pages do without when it does not answer. */
export const useServiceStore = defineStore('service', () => {
  const service = shallowRef<Service | null>(null);

  async function load() {
    service.value ??= await getService().catch(() => null);
  }
  return {
    load,
    demo: computed(() => service.value?.demo ?? false),
    codeWindowHours: computed(() => service.value?.codeWindowHours ?? 24),
    smsAvailable: computed(() => service.value?.smsAvailable ?? true),
    cardUrl: computed(() => service.value?.cardUrl ?? null),
    supportEmail: computed(() => service.value?.supportEmail ?? null),
  };
});
