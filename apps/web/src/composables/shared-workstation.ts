import { computed } from 'vue';
import { useSessionStore } from '../stores/session.store';
import { useService } from './service';

/** Whether several people use this computer, by its address or by the rules of the signed-in person's structure. */
export function useSharedWorkstation() {
  const service = useService();
  const sessions = useSessionStore();
  return computed(() => service.sharedWorkstation || Boolean(sessions.session?.sharedWorkstation));
}
