import { useMutation } from '@pinia/colada';
import { onMounted } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { confirmTestMail } from '../../../api/setup.api';

/** Notes that the test mail arrived whose link opened this page, and takes the proof out of the address. */
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
  /** `asked`: the page was opened by such a link. */
  return { asked: typeof token === 'string', status, error };
}
