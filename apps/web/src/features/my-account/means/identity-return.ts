import { onMounted, ref, type Ref } from 'vue';
import { useRoute, useRouter } from 'vue-router';

const NAME = 'rattachement';

/**
 * Result of linking an e-CPS: `ok`, the code of a refusal, or empty. It is removed from the address, so that it is
 * shown once; the new address leads to the section that shows it.
 */
export function useIdentityReturn(): Ref<string> {
  const route = useRoute();
  const router = useRouter();
  const { [NAME]: result, ...query } = route.query;
  onMounted(() => result !== undefined && void router.replace({ query, hash: `#${NAME}` }));
  return ref(typeof result === 'string' ? result : '');
}
