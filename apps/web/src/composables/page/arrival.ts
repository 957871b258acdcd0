import type { RouteLocationNormalized } from 'vue-router';

let pageSeen = false;
let visits = 0;

/** Set by every navigation. A redirect by a guard belongs to the same visit. */
export function countVisit({ redirectedFrom }: RouteLocationNormalized): void {
  if (!redirectedFrom) visits++;
}

/** Whether the person arrived from another page, even one that had not loaded yet. */
export function comesFromElsewhere(): boolean {
  const comes = pageSeen || visits > 1;
  pageSeen = true;
  return comes;
}

/** Focuses a part that has just appeared, unless a dialog has the focus: keystrokes there would be lost. */
export function focusOnArrival(part: HTMLElement | null | undefined): void {
  if (!document.querySelector('[role=dialog], [role=alertdialog]')) part?.focus();
}

/** For a part that appears after its page: keeps the focus where the person has moved it meanwhile. */
export function focusWhenLate(part: HTMLElement | null | undefined): void {
  if (document.activeElement?.matches('body, h1')) focusOnArrival(part);
}
