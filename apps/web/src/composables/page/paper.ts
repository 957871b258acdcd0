import { onBeforeUnmount, onMounted, readonly, ref } from 'vue';

/** Whether the page is being printed: content only for paper is rendered before the browser prints. */
export function usePaper() {
  const onPaper = ref(false);
  const begin = () => (onPaper.value = true);
  const end = () => (onPaper.value = false);
  onMounted(() => {
    addEventListener('beforeprint', begin);
    addEventListener('afterprint', end);
  });
  onBeforeUnmount(() => {
    removeEventListener('beforeprint', begin);
    removeEventListener('afterprint', end);
  });
  return readonly(onPaper);
}
