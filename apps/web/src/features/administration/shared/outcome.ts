import { ref } from 'vue';

/** The result of the previous page's action, shown by the page that it led to. */
const outcome = ref('');

export function showNext(text: string): void {
  outcome.value = text;
}

/** Returns the result once, then clears it. */
export function takeOutcome(): string {
  const text = outcome.value;
  outcome.value = '';
  return text;
}
