import { COLOURS, faults, fits, NARROW } from '../harness/accessibility';
import { expect, type Page, test } from '../harness/test';
import { visitEverything } from '../harness/visit';
import type { Locale } from '../harness/words';

const WIDE = { width: 1280, height: 900 };
/** The viewport of 1280 × 1024 at 400 %. */
const ZOOMED = { width: 320, height: 256 };
/** One walk looks at everything: six of them would sign in six times. */
const WALK_MS = 240_000;

for (const locale of ['fr', 'en'] as Locale[])
  test(`every page and dialog (${locale}) has no fault that axe can see, light, dark and in forced colours, fits a screen of 320 px, and 400 % of zoom, and says where one is`, async ({
    page,
    somebody,
    later,
  }) => {
    test.setTimeout(WALK_MS);
    const stop = async (name: string) => {
      await hasNoFault(page, name);
      await fitsNarrowScreens(page, name);
      await expect.soft(page).toHaveTitle(/^\S.* — Portillon$/);
      await expect.soft(page.locator('html')).toHaveAttribute('lang', locale);
      expect.soft(await page.getByRole('heading', { level: 1 }).count(), name).toBeLessThanOrEqual(1);
    };
    await visitEverything({ page, person: somebody, locale, later, stop });
  });

async function hasNoFault(page: Page, name: string): Promise<void> {
  await page.setViewportSize(WIDE);
  for (const [colours, rules] of [
    [{ colorScheme: 'dark', forcedColors: 'none' }, COLOURS],
    [{ colorScheme: 'light', forcedColors: 'active' }, COLOURS],
    [{ colorScheme: 'light', forcedColors: 'none' }, undefined],
  ] as const) {
    await page.emulateMedia(colours);
    expect.soft(await faults(page, rules), `${name}, ${Object.values(colours).join()}`).toEqual([]);
  }
}

/** The walk goes on at the zoom. */
async function fitsNarrowScreens(page: Page, name: string): Promise<void> {
  for (const size of [NARROW, ZOOMED]) {
    await page.setViewportSize(size);
    await fits(page, name);
  }
}
