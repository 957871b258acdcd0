import { onMounted, onScopeDispose, ref, type ShallowRef } from 'vue';

/** Less than this is an element that is not laid out, or no room for anything. */
const LEAST = 160;

/** The width of an element in pixels, as it changes; 640 until it is known, and never too small to draw in. */
export function useWidth(element: Readonly<ShallowRef<HTMLElement | null>>) {
  const width = ref(640);
  let observer: ResizeObserver | undefined;
  onMounted(() => {
    if (!element.value || typeof ResizeObserver === 'undefined') return;
    observer = new ResizeObserver(
      ([entry]) => (width.value = Math.max(LEAST, Math.floor(entry!.contentRect.width))),
    );
    observer.observe(element.value);
  });
  onScopeDispose(() => observer?.disconnect());
  return width;
}
