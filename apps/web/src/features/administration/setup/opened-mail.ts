import { useMutation } from '@pinia/colada';
import { onMounted } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { confirmTestMail } from '../../../api/setup.api';

/** Records that the test mail arrived, whose link opened this page. Removes the proof from the address. */
export function useOpenedMail(noted: () => void) {
  const route = useRoute();
  const router = useRouter();
  const token = route.query.essai;
  const { mutate, status, error } = useMutation({ mutation: confirmTestMail, onSuccess: noted });
  onMounted(() => {
    if (typeof token !== 'string') return;
    mutate(token);
    void router.replace({ query: {} });
  });
  /** `asked`: such a link opened the page. */
  return { asked: typeof token === 'string', status, error };
}
