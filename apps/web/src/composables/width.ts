import { onMounted, onScopeDispose, ref, type ShallowRef } from 'vue';

/** The width of an element in pixels, as it changes; 640 until it is known. */
export function useWidth(element: Readonly<ShallowRef<HTMLElement | null>>) {
  const width = ref(640);
  let observer: ResizeObserver | undefined;
  onMounted(() => {
    if (!element.value || typeof ResizeObserver === 'undefined') return;
    observer = new ResizeObserver(([entry]) => (width.value = Math.floor(entry!.contentRect.width)));
    observer.observe(element.value);
  });
  onScopeDispose(() => observer?.disconnect());
  return width;
}
