import type { RouteLocationNormalized } from 'vue-router';

let pageSeen = false;
let visits = 0;

/** For every navigation that begins. What a guard made of it is the same visit. */
export function countVisit({ redirectedFrom }: RouteLocationNormalized): void {
  if (!redirectedFrom) visits++;
}

/** Whether one comes to this page from another one, be it one that was left before it was there. */
export function comesFromElsewhere(): boolean {
  const comes = pageSeen || visits > 1;
  pageSeen = true;
  return comes;
}

/** Gives a part that has just come the focus, unless a dialog has it: a letter typed there would be lost. */
export function focusOnArrival(part: HTMLElement | null | undefined): void {
  if (!document.querySelector('[role=dialog], [role=alertdialog]')) part?.focus();
}

/** For a part that comes after its page: a person may have reached something else meanwhile, which keeps the focus. */
export function focusWhenLate(part: HTMLElement | null | undefined): void {
  if (document.activeElement?.matches('body, h1')) focusOnArrival(part);
}
