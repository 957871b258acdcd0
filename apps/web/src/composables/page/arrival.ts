import type { RouteLocationNormalized } from 'vue-router';
import { useVisitStore } from '../../stores/visit.store';

/** Set by every navigation. A redirect by a guard belongs to the same visit. */
export function countVisit({ redirectedFrom }: RouteLocationNormalized): void {
  if (!redirectedFrom) useVisitStore().navigations++;
}

/** Whether the person arrived from another page, even one that had not loaded yet. */
export function comesFromElsewhere(): boolean {
  const visit = useVisitStore();
  const comes = visit.pageSeen || visit.navigations > 1;
  visit.pageSeen = true;
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
