import { ref } from 'vue';

/** The result of the previous page's action, shown by the page that it led to. */
const told = ref('');

export function tellNext(text: string): void {
  told.value = text;
}

/** Returns the result once, then clears it. */
export function takeOutcome(): string {
  const text = told.value;
  told.value = '';
  return text;
}
