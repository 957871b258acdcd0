import type { AxeResults } from 'axe-core';
import { readFileSync } from 'node:fs';
import { expect, type Locator, type Page } from '@playwright/test';

export const NARROW = { width: 320, height: 640 };
export const LAPTOP = { width: 1366, height: 641 };
/** To be evaluated in a page. */
export const AXE_SOURCE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds wrong in the page as it is now, one line a fault. */
export async function faults(page: Page): Promise<string[]> {
  // Evaluated rather than added: the content security policy lets no other script in.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE_SOURCE);
  const { violations } = await page.evaluate(
    (tags) =>
      (window as unknown as { axe: { run(options: object): Promise<AxeResults> } }).axe.run({
        runOnly: tags,
        resultTypes: ['violations'],
      }),
    TAGS,
  );
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help} — ${node.html} ${node.any[0]?.message ?? ''}`),
  );
}

/** What one would have to scroll sideways for, one line a thing; but for tables of figures, which move alone. */
export function widerThanTheScreen(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const seen = [...document.querySelectorAll<HTMLElement>('body *')].filter(
      (element) =>
        element.checkVisibility() &&
        element.getBoundingClientRect().right > width + 1 &&
        !element.parentElement?.closest('[data-moves-sideways]'),
    );
    const wide = seen.map((element) => element.outerHTML.slice(0, 120));
    const { scrollWidth } = document.documentElement;
    return scrollWidth > width ? [`the page: ${scrollWidth} px`, ...wide] : wide;
  });
}

/** Nothing of the page is wider than the screen; an open popover follows the window a frame later. */
export async function fits(page: Page, name?: string): Promise<void> {
  await expect
    .configure({ soft: true })
    .poll(() => widerThanTheScreen(page), { message: name })
    .toEqual([]);
}

/** Looks at a page as it is now. */
export async function holds(page: Page): Promise<void> {
  const size = page.viewportSize()!;
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    expect.soft(await faults(page), colorScheme).toEqual([]);
  }
  await page.setViewportSize(NARROW);
  await fits(page);
  await page.setViewportSize(size);
}

/** Where the system chooses the colours, as people who see little have it. */
export async function holdsInForcedColours(page: Page): Promise<void> {
  await page.emulateMedia({ forcedColors: 'active' });
  expect.soft(await faults(page), 'forced colours').toEqual([]);
  await page.emulateMedia({ forcedColors: 'none' });
}

/** The same in both languages. */
export async function holdsInBothLanguages(page: Page): Promise<void> {
  await holds(page);
  await page.getByRole('button', { name: 'English', exact: true }).click();
  await holds(page);
  await page.getByRole('button', { name: 'Français', exact: true }).click();
}

/** For axe, on a laptop and on a telephone; the laptop stays. `name` is said with what is wrong. */
export async function hasNoFault(page: Page, name: string): Promise<void> {
  for (const size of [LAPTOP, NARROW]) {
    await page.setViewportSize(size);
    expect.soft(await faults(page), name).toEqual([]);
    await fits(page, name);
  }
  await page.setViewportSize(LAPTOP);
}

/** A dialog hides the button that changes the language. */
export async function holdsAsDialog(page: Page): Promise<void> {
  expect.soft(await faults(page)).toEqual([]);
  const size = page.viewportSize()!;
  await page.setViewportSize(NARROW);
  await fits(page);
  await page.setViewportSize(size);
}

/** How many of these are wholly in view. */
export function wholeInView(things: Locator): Promise<number> {
  return things.evaluateAll(
    (all) =>
      all.filter((one) => {
        const { top, bottom } = one.getBoundingClientRect();
        return top >= 0 && bottom <= innerHeight;
      }).length,
  );
}

/** On a hospital's laptop none of it is cut, and nothing has to be scrolled. */
export async function isWholeOnLaptop(page: Page, dialog: Locator): Promise<void> {
  const size = page.viewportSize()!;
  await page.setViewportSize(LAPTOP);
  const beyond = () => dialog.evaluate(({ parentElement }) => parentElement!.scrollHeight - innerHeight);
  await expect.poll(beyond).toBeLessThanOrEqual(0);
  await page.setViewportSize(size);
}

/** What came of an act stands on the line of what was pressed. */
export async function standsBeside(answer: Locator, pressed: Locator): Promise<void> {
  const [text, button] = [(await answer.boundingBox())!, (await pressed.boundingBox())!];
  expect(Math.abs(text.y - button.y)).toBeLessThan(button.height);
}

/** How much of the page moved by itself since it was opened (Cumulative Layout Shift). */
export function layoutShift(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[])
            sum += entry.value;
        }).observe({ type: 'layout-shift', buffered: true });
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum)));
      }),
  );
}

/** What came of an act is where the eyes and the keyboard are. */
export async function answersInSight(page: Page, text: string): Promise<void> {
  const answer = page.getByRole('status').filter({ hasText: text });
  await expect(answer).toBeFocused();
  await expect(answer).toBeInViewport({ ratio: 1 });
}
