import { faults, widerThanTheScreen } from './harness/accessibility';
import { expect, test } from './harness/test';
import { visitEverything } from './harness/visit';
import type { Locale } from './harness/words';

const NARROW = { width: 320, height: 640 };
/** What is left of 1280 × 1024 at 400 %. */
const ZOOMED = { width: 320, height: 256 };

for (const locale of ['fr', 'en'] as Locale[])
  test.describe(`every page and dialog (${locale})`, () => {
    test.slow();

    for (const colorScheme of ['light', 'dark'] as const)
      test(`has no fault that axe can see, ${colorScheme}`, async ({ page, somebody, later }) => {
        await page.emulateMedia({ colorScheme });
        const stop = async (name: string) => expect.soft(await faults(page), name).toEqual([]);
        await visitEverything({ page, person: somebody, locale, later, stop });
      });

    test('fits a screen of 320 px, and 400 % of zoom, and says where one is', async ({
      page,
      somebody,
      later,
    }) => {
      const stop = async (name: string) => {
        for (const size of [NARROW, ZOOMED]) {
          await page.setViewportSize(size);
          expect.soft(await widerThanTheScreen(page), name).toEqual([]);
        }
        await expect.soft(page).toHaveTitle(/^\S.* — Portillon$/);
        await expect.soft(page.locator('html')).toHaveAttribute('lang', locale);
        expect.soft(await page.getByRole('heading', { level: 1 }).count(), name).toBeLessThanOrEqual(1);
      };
      await visitEverything({ page, person: somebody, locale, later, stop });
    });
  });
