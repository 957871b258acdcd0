import { expect, type Page, signInByApi, test } from '../harness/test';
import { PAGES_THAT_ADMINISTER, visitEverything } from '../harness/visit';
import { shoot } from './shoot';

/** Every page and dialog in both languages, to be looked at in `tmp/pictures`. */
for (const locale of ['fr', 'en'] as const)
  test(`every page and dialog (${locale})`, async ({ page, somebody, later }) => {
    test.slow();
    let turn = 0;
    const stop = async (name: string) => {
      turn += 1;
      await shoot(page, `${locale}-${String(turn).padStart(2, '0')}-${name}`);
    };
    await visitEverything({ page, person: somebody, locale, later, stop });
  });

for (const locale of ['fr', 'en'] as const)
  test(`every page of the console (${locale})`, async ({ page, demo }) => {
    test.slow();
    await signInByApi(page, demo.national);
    await page.goto('/');
    if (locale === 'en') await page.getByRole('button', { name: 'English' }).click();
    for (const path of [...PAGES_THAT_ADMINISTER, ...(await pagesOfOneThing(page))]) {
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await page.waitForLoadState('networkidle');
      await shoot(page, `${locale}${path}`);
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
