import { onScopeDispose, ref } from 'vue';

/** Whether the screen matches a media query, reactively. */
export function useMedia(query: string) {
  const media = typeof matchMedia === 'undefined' ? null : matchMedia(query);
  const matches = ref(media?.matches ?? false);
  const read = () => (matches.value = media!.matches);
  media?.addEventListener('change', read);
  onScopeDispose(() => media?.removeEventListener('change', read));
  return matches;
}
