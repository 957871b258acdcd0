import { onMounted, ref, type Ref } from 'vue';
import { useRoute, useRouter } from 'vue-router';

const NAME = 'rattachement';

/**
 * What became of an e-CPS that the person left to link: `ok`, the code of a refusal, or nothing when nobody left. Taken
 * out of the address, so that it is not told again; the page goes to the place that tells it, of this name.
 */
export function useIdentityReturn(): Ref<string> {
  const route = useRoute();
  const router = useRouter();
  const { [NAME]: told, ...query } = route.query;
  onMounted(() => told !== undefined && void router.replace({ query, hash: `#${NAME}` }));
  return ref(typeof told === 'string' ? told : '');
}
