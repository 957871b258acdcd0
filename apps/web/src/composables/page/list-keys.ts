import { onBeforeUnmount, onMounted } from 'vue';

/** Rows of a list, each by the link or button that names it. */
const ROWS = 'main tbody th[scope=row] :is(a, button)';

/**
 * J and K move the focus to the next and the previous row of a list. They act only where the focus is in the list, or on
 * the heading where a page begins, so that speech input triggers nothing (WCAG 2.2, 2.1.4).
 */
export function useListKeys(): void {
  onMounted(() => addEventListener('keydown', move));
  onBeforeUnmount(() => removeEventListener('keydown', move));
}

function move(event: KeyboardEvent) {
  const step = { j: 1, k: -1 }[event.key];
  const from = event.target as Element;
  const isIn = from.matches('h1, main tbody :is(a, button)');
  if (!step || !isIn || event.ctrlKey || event.metaKey || event.altKey) return;
  const rows = [...document.querySelectorAll<HTMLElement>(ROWS)];
  const row = from.closest('tr')?.querySelector<HTMLElement>('th[scope=row] :is(a, button)');
  const at = row ? rows.indexOf(row) + step : 0;
  if (!rows[at]) return;
  event.preventDefault();
  rows[at].focus();
}
