import { computed, onMounted, onScopeDispose, ref, type ShallowRef } from 'vue';
import { usePaper } from './paper';

/** Less than this is an element that is not laid out, or no room for anything. */
const LEAST = 160;
/** A sheet of A4 between its margins; no element is measured while a page is printed. */
const PAPER = 690;

/** The width of an element in pixels, as it changes; 640 until it is known, and never too small to draw in. */
export function useWidth(element: Readonly<ShallowRef<HTMLElement | null>>) {
  const measured = ref(640);
  const onPaper = usePaper();
  let observer: ResizeObserver | undefined;
  onMounted(() => {
    if (!element.value || typeof ResizeObserver === 'undefined') return;
    observer = new ResizeObserver(
      ([entry]) => (measured.value = Math.max(LEAST, Math.floor(entry!.contentRect.width))),
    );
    observer.observe(element.value);
  });
  onScopeDispose(() => observer?.disconnect());
  return computed(() => (onPaper.value ? PAPER : measured.value));
}
