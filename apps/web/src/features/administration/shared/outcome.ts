import { ref } from 'vue';

/** What the page before has just done, told by the page that it led to. */
const told = ref('');

export function tellNext(text: string): void {
  told.value = text;
}

/** What there is to tell, once. */
export function takeOutcome(): string {
  const text = told.value;
  told.value = '';
  return text;
}
