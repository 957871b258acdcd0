import { computed, onMounted, onScopeDispose, ref, type ShallowRef } from 'vue';
import { usePaper } from './paper';

/** A smaller width is an element without layout, or no room for content. */
const LEAST = 160;
/** Width of an A4 sheet between its margins; elements are not measured during printing. */
const PAPER = 690;

/** Width of an element in pixels, reactively; 640 until measured, and never too small to draw in. */
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
