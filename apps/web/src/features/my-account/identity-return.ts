import { ref, type Ref } from 'vue';
import { useRoute, useRouter } from 'vue-router';

const NAME = 'rattachement';

/**
 * What became of an e-CPS that the person left to link: `ok`, the code of a refusal, or nothing when nobody left. Taken
 * out of the address, so that it is not told again.
 */
export function useIdentityReturn(): Ref<string> {
  const route = useRoute();
  const router = useRouter();
  const { [NAME]: told, ...query } = route.query;
  if (told !== undefined) void router.replace({ query, hash: route.hash });
  return ref(typeof told === 'string' ? told : '');
}
