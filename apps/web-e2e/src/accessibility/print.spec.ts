import { expect, openSignedIn, type Page, signInByApi, test } from '../harness/test';

/** The printable part of an A4 sheet, in CSS pixels. */
const SHEET = { width: 703, height: 1032 };
const LINES = 50;

const printed = {
  fr: {
    by: /^Imprimé par Support national \(support\.national\) le \d.+ à \d\d:\d\d, heure de Paris\.$/,
    period: '30 derniers jours',
    lines: /^50, /,
    statement: 'Bilan annuel',
    structure: 'Toutes les structures',
    table: 'Tableau : Connexions par moyen',
  },
  en: {
    by: /^Printed by Support national \(support\.national\) on \d.+ at \d\d:\d\d, Paris time\.$/,
    period: 'Last 30 days',
    lines: /^50, /,
    statement: 'Yearly statement',
    structure: 'All organisations',
    table: 'Table: Sign-ins by means',
  },
};

test.describe('on paper', () => {
  test('fifty journal entries fit on three sheets, below the search, its user and its time', async ({
    page,
    demo,
  }) => {
    test.slow();
    await fillJournal(page, [demo.claire, demo.paul]);
    await openSignedIn(page, demo.national, '/administration/journal?period=30');
    const lines = page.locator('[data-line]');
    await expect(lines.nth(LINES - 1)).toBeVisible();
    // A line that is open beside them is none of them.
    await lines.first().getByRole('button').click();
    await expect(page.getByRole('complementary', { name: 'Ligne du journal' })).toBeVisible();
    for (const locale of ['fr', 'en'] as const) {
      if (locale === 'en') await page.getByRole('button', { name: 'English', exact: true }).click();
      expect(await sheets(page)).toBeLessThanOrEqual(3);
      await layOnPaper(page);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Journal');
      await expect(page.getByRole('dialog')).toHaveCount(0);
      await expect(page.getByText(printed[locale].by)).toBeVisible();
      await expect(definition(page, printed[locale].period)).toBeVisible();
      await expect(definition(page, printed[locale].lines)).toBeVisible();
      expect(await tallest(page, '[data-line]')).toBeLessThan(70);
      await holdsOnPaper(page);
      await takeFromPaper(page);
    }
  });

  test('the yearly statement has its filters, its charts, and their tables', async ({
    page,
    demo,
    server,
  }) => {
    await signInByApi(page, demo.claire);
    await server.advance(2 * 60_000);
    await openSignedIn(page, demo.national, '/administration/statistiques?period=year');
    const chart = page.getByRole('img').first();
    // Sign-ins are counted when the journal is sealed.
    await expect(async () => {
      await page.reload();
      await expect(chart).toBeVisible({ timeout: 1_000 });
    }).toPass();
    for (const locale of ['fr', 'en'] as const) {
      if (locale === 'en') await page.getByRole('button', { name: 'English', exact: true }).click();
      await layOnPaper(page);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(printed[locale].statement);
      await expect(page.getByText(printed[locale].by)).toBeVisible();
      await expect(definition(page, printed[locale].structure)).toBeVisible();
      const table = page.getByRole('table', { name: printed[locale].table });
      await expect(table.getByRole('row')).toHaveCount(1 + 12 + 1);
      expect((await chart.boundingBox())!.width).toBeGreaterThan(600);
      await holdsOnPaper(page);
      await takeFromPaper(page);
      expect(await sheets(page)).toBeLessThanOrEqual(6);
    }
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Statistics');
  });
});

/** As many sheets as the browser prints. */
async function sheets(page: Page): Promise<number> {
  const file = await page.pdf({ format: 'A4' });
  return file.toString('latin1').match(/\/Type\s*\/Page\b/g)!.length;
}

/** The page as the browser prints it, to be looked at. */
async function layOnPaper(page: Page): Promise<void> {
  await page.setViewportSize(SHEET);
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
}

async function takeFromPaper(page: Page): Promise<void> {
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  await page.emulateMedia({ media: null, colorScheme: null });
  await page.setViewportSize({ width: 1280, height: 900 });
}

/** White, in nothing wider than the sheet, and nothing that one could press but the words of the lines. */
async function holdsOnPaper(page: Page): Promise<void> {
  const chrome = page.locator('header, footer, nav, search, summary, select, .button, .chip');
  await expect(chrome.filter({ visible: true })).toHaveCount(0);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(SHEET.width);
  const colours = await page
    .locator('main .link, main td')
    .filter({ visible: true })
    .evaluateAll((all) => [...new Set(all.map((one) => getComputedStyle(one).color))]);
  const ink = 'rgb(18, 32, 30)';
  const soft = 'rgb(54, 71, 74)';
  expect(colours.filter((colour) => colour !== ink && colour !== soft)).toEqual([]);
}

function tallest(page: Page, selector: string): Promise<number> {
  return page
    .locator(selector)
    .evaluateAll((all) => Math.max(...all.map((one) => one.getBoundingClientRect().height)));
}

function definition(page: Page, text: string | RegExp) {
  return page.getByRole('definition').filter({ hasText: text });
}

/** Four lines a turn for two people: a sign-in and a sign-out each. */
async function fillJournal(page: Page, people: Parameters<typeof signInByApi>[1][]): Promise<void> {
  for (let turn = 0; turn < LINES / 4; turn++)
    for (const person of people) {
      await signInByApi(page, person);
      expect((await page.request.delete('/api/session')).ok()).toBe(true);
    }
}
