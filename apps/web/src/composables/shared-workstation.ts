import { computed } from 'vue';
import { useSessionStore } from '../stores/session.store';
import { useService } from './service';

/** Whether several people use this computer, by where it is or as the structure of who is signed in says. */
export function useSharedWorkstation() {
  const service = useService();
  const sessions = useSessionStore();
  return computed(() => service.sharedWorkstation || Boolean(sessions.session?.sharedWorkstation));
}
