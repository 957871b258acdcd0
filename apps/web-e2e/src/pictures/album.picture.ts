import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Page, test } from '../harness/test';
import { visitEverything } from '../harness/visit';

const ALBUM = join(__dirname, '../../../../tmp/album');
const WIDTHS = [1280, 320];

/** Every page and dialog, to be looked at: wide and narrow, light and dark, in `tmp/album`. */
for (const locale of ['fr', 'en'] as const)
  test(`every page and dialog (${locale})`, async ({ page, somebody, later }) => {
    test.slow();
    mkdirSync(ALBUM, { recursive: true });
    let turn = 0;
    const stop = async (name: string) => {
      turn += 1;
      for (const width of WIDTHS)
        for (const scheme of ['light', 'dark'] as const)
          await shoot(page, { width, scheme, locale, turn, name });
    };
    await visitEverything({ page, person: somebody, locale, later, stop });
  });

interface Picture {
  width: number;
  scheme: 'light' | 'dark';
  locale: string;
  turn: number;
  name: string;
}

async function shoot(page: Page, { width, scheme, locale, turn, name }: Picture): Promise<void> {
  await page.setViewportSize({ width, height: width > 600 ? 900 : 640 });
  await page.emulateMedia({ colorScheme: scheme });
  const file = `${locale}-${String(turn).padStart(2, '0')}-${name.replace(/\W+/g, '-')}-${width}-${scheme}.png`;
  // A dialog lies over the screen, not over the whole page.
  const fullPage = (await page.getByRole('dialog').or(page.getByRole('alertdialog')).count()) === 0;
  await page.screenshot({ path: join(ALBUM, file), fullPage });
}
