import type { AxeResults } from 'axe-core';
import { readFileSync } from 'node:fs';
import { expect, type Locator, type Page } from '@playwright/test';

export const NARROW = { width: 320, height: 640 };
export const LAPTOP = { width: 1366, height: 641 };
/** To be evaluated in a page. */
export const AXE_SOURCE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** The rules whose result changes with the colours alone: those that dark mode and forced colours need. */
export const COLOURS = ['color-contrast', 'link-in-text-block'];
/** The rules whose result changes with the size of the screen alone. */
const LAYOUT = ['target-size', 'scrollable-region-focusable'];

/** The faults that axe finds in the page as it is now, one line each. Default: every rule of the tags above. */
export async function faults(page: Page, rules?: readonly string[]): Promise<string[]> {
  // Evaluated rather than added: the content security policy lets no other script in.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE_SOURCE);
  const { violations } = await page.evaluate(
    (runOnly) =>
      (window as unknown as { axe: { run(options: object): Promise<AxeResults> } }).axe.run({
        runOnly,
        resultTypes: ['violations'],
      }),
    rules ? { type: 'rule', values: rules } : { type: 'tag', values: TAGS },
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

/** Nothing of the page is wider than a screen of 320 px. The size that the page had is restored. */
async function fitsNarrowScreen(page: Page): Promise<void> {
  const size = page.viewportSize()!;
  await page.setViewportSize(NARROW);
  await fits(page);
  await page.setViewportSize(size);
}

/** Looks at a page as it is now: every rule of axe in light mode, those of colours in dark mode, and 320 px. */
export async function holds(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: 'dark' });
  expect.soft(await faults(page, COLOURS), 'dark').toEqual([]);
  await page.emulateMedia({ colorScheme: 'light' });
  expect.soft(await faults(page), 'light').toEqual([]);
  await fitsNarrowScreen(page);
}

/** Where the system chooses the colours, as people who see little have it. */
export async function holdsInForcedColours(page: Page): Promise<void> {
  await page.emulateMedia({ forcedColors: 'active' });
  expect.soft(await faults(page, COLOURS), 'forced colours').toEqual([]);
  await page.emulateMedia({ forcedColors: 'none' });
}

/** The same, and in English what changes with the language: the page declares it, and fits with its longer words. */
export async function holdsInBothLanguages(page: Page): Promise<void> {
  await holds(page);
  await fitsInEnglish(page);
}

/** For a page that a walk of all pages (`every-page`, `administration`) opens in this state: axe has seen it there. */
export async function fitsInBothLanguages(page: Page): Promise<void> {
  await fitsNarrowScreen(page);
  await fitsInEnglish(page);
}

/** The page was in French, and is in French afterwards. */
async function fitsInEnglish(page: Page): Promise<void> {
  const language = page.locator('html');
  await page.getByRole('button', { name: 'English', exact: true }).click();
  await expect.soft(language).toHaveAttribute('lang', 'en');
  await fitsNarrowScreen(page);
  await page.getByRole('button', { name: 'Français', exact: true }).click();
}

/** On a laptop and on a telephone, of axe there the rules of layout; the laptop stays. `name` is said with what is wrong. */
export async function hasNoFault(page: Page, name: string): Promise<void> {
  for (const [size, rules] of [
    [LAPTOP, undefined],
    [NARROW, LAYOUT],
  ] as const) {
    await page.setViewportSize(size);
    expect.soft(await faults(page, rules), name).toEqual([]);
    await fits(page, name);
  }
  await page.setViewportSize(LAPTOP);
}

/** A dialog hides the button that changes the language. */
export async function holdsAsDialog(page: Page): Promise<void> {
  expect.soft(await faults(page)).toEqual([]);
  await fitsNarrowScreen(page);
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

/** The result of an action is on the line of the pressed button. */
export async function standsBeside(answer: Locator, pressed: Locator): Promise<void> {
  const [text, button] = [(await answer.boundingBox())!, (await pressed.boundingBox())!];
  expect(Math.abs(text.y - button.y)).toBeLessThan(button.height);
}

/** How much the page moved since it was opened, without an action of the person (Cumulative Layout Shift). */
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

/** The result of an action is beside its button, where the focus is. */
export async function answersInSight(page: Page, text: string): Promise<void> {
  const answer = page.getByRole('status').filter({ hasText: text });
  await expect(answer).toBeFocused();
  await expect(answer).toBeInViewport({ ratio: 1 });
}
