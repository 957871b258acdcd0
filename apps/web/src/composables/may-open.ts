import { useRouter } from 'vue-router';
import { useSessionStore } from '../stores/session.store';

/** Whether the person may open a page, by its route. The API checks the rights again on each request. */
export function useMayOpen() {
  const router = useRouter();
  const sessions = useSessionStore();
  return (name: string): boolean => {
    const { roles } = router.resolve({ name }).meta;
    return !roles || roles.some((role) => sessions.account?.roles.includes(role));
  };
}
