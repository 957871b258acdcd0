import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, signInByApi, test } from '../harness/test';
import { PAGES_THAT_ADMINISTER, visitEverything } from '../harness/visit';

const ALBUM = join(__dirname, '../../../../tmp/pictures');
/** A laptop of a hospital without the frame of its browser, and a telephone. */
const SIZES = [
  { width: 1366, height: 641 },
  { width: 320, height: 640 },
];

/** Every page and dialog in both languages, to be looked at in `tmp/pictures`. */
for (const locale of ['fr', 'en'] as const)
  test(`every page and dialog (${locale})`, async ({ page, somebody, later }) => {
    test.slow();
    mkdirSync(ALBUM, { recursive: true });
    let turn = 0;
    const stop = async (name: string) => {
      turn += 1;
      for (const size of SIZES) await shoot(page, size, `${locale}-${String(turn).padStart(2, '0')}-${name}`);
    };
    await visitEverything({ page, person: somebody, locale, later, stop });
  });

for (const locale of ['fr', 'en'] as const)
  test(`every page of the console (${locale})`, async ({ page, demo }) => {
    test.slow();
    mkdirSync(ALBUM, { recursive: true });
    await signInByApi(page, demo.national);
    await page.goto('/');
    if (locale === 'en') await page.getByRole('button', { name: 'English' }).click();
    for (const path of [...PAGES_THAT_ADMINISTER, ...(await pagesOfOneThing(page))]) {
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await page.waitForLoadState('networkidle');
      await shoot(page, SIZES[0]!, `${locale}${path}`);
      await shoot(page, SIZES[1]!, `${locale}${path}`);
    }
  });

/** The first account and the first structure. */
async function pagesOfOneThing(page: Page): Promise<string[]> {
  const of = async (list: string, path: string) => {
    const { items } = (await (await page.request.get(`/api/admin/${list}`)).json()) as {
      items: { id: string }[];
    };
    return `/administration/${path}/${items[0]!.id}`;
  };
  return [await of('accounts', 'comptes'), await of('structures', 'structures')];
}

async function shoot(page: Page, size: (typeof SIZES)[number], name: string): Promise<void> {
  await page.setViewportSize(size);
  // A dialog lies over the screen, not over the whole page.
  const fullPage = (await page.getByRole('dialog').or(page.getByRole('alertdialog')).count()) === 0;
  await page.screenshot({ path: join(ALBUM, `${name.replace(/\W+/g, '-')}-${size.width}.png`), fullPage });
}
