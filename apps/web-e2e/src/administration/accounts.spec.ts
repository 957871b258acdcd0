import type { Locator } from '@playwright/test';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  holdsAsDialog,
  holdsInBothLanguages,
  holdsInForcedColours,
  LAPTOP,
  NARROW,
  wholeInView,
} from '../harness/accessibility';
import { newInvited, newPerson } from '../harness/people';
import { expect, MINUTE, openSignedIn, type Page, test } from '../harness/test';

const LIST = '/administration/comptes';

test.describe('the list of accounts', () => {
  test('has twelve accounts on a laptop, says how many there are, and keeps the columns that were chosen', async ({
    page,
    demo,
    server,
  }) => {
    for (let count = 0; count < 12; count++) newPerson(server);
    await openSignedIn(page, demo.nadia, LIST);
    await page.setViewportSize(LAPTOP);
    const rows = page.locator('tbody tr');
    await expect(rows.nth(12)).toBeAttached();
    expect(await wholeInView(rows)).toBeGreaterThanOrEqual(12);
    await page.getByRole('button', { name: 'English', exact: true }).click();
    await expect(page.getByRole('columnheader', { name: 'Access' })).toBeVisible();
    expect(await wholeInView(rows)).toBeGreaterThanOrEqual(12);
    expect(await cutOff(page.getByRole('columnheader'))).toEqual([]);
    await page.getByRole('button', { name: 'Français', exact: true }).click();
    await expect(page.getByRole('columnheader', { name: 'Accès' })).toBeVisible();
    expect(await cutOff(page.getByRole('columnheader'))).toEqual([]);
    expect(await cutOff(rows.filter({ hasText: demo.claire.name }).getByRole('cell'))).toEqual([]);

    await page.getByRole('button', { name: 'Colonnes' }).press('Enter');
    await page.getByLabel('Créé le').press('Space');
    await expect(page.getByRole('columnheader', { name: 'Créé le' })).toBeVisible();
    await holdsInBothLanguages(page);
    await page.reload();
    await expect(page.getByRole('columnheader', { name: 'Créé le' })).toBeVisible();

    await page.getByRole('button', { name: 'Vues' }).press('Enter');
    await page.getByRole('link', { name: 'Effacement demandé' }).press('Enter');
    await expect(page.getByText('Aucun compte ne correspond.')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Exporter' })).toHaveCount(0);
    await page.getByLabel('Accès').selectOption({ label: 'Jamais venus' });
    await expect(rows.filter({ hasText: 'Jamais' }).first()).toBeVisible();
    await expect(rows.filter({ hasNotText: 'Jamais' })).toHaveCount(0);
  });

  test(
    'has eleven accounts on a laptop for a national administrator too',
    { tag: '@firefox' },
    async ({ page, demo, server }) => {
      for (let count = 0; count < 12; count++) newPerson(server);
      await openSignedIn(page, demo.national, LIST);
      await page.setViewportSize(LAPTOP);
      const rows = page.locator('tbody tr');
      await expect(rows.nth(12)).toBeAttached();
      expect(await wholeInView(rows)).toBeGreaterThanOrEqual(11);
      expect(await cutOff(page.getByRole('rowheader'))).toEqual([]);
      expect(await cutOff(page.getByRole('columnheader'))).toEqual([]);
      await expect(
        rows.filter({ hasText: demo.national.name }).getByRole('cell', { name: 'aucune' }),
      ).toBeVisible();
      await page.getByRole('button', { name: 'English', exact: true }).click();
      await expect(page.getByRole('columnheader', { name: 'Access' })).toBeVisible();
      expect(await wholeInView(rows)).toBeGreaterThanOrEqual(11);
      const tools = page
        .locator('main')
        .getByRole('searchbox')
        .or(page.getByRole('link', { name: 'Invite' }));
      const tops = await tools.evaluateAll((all) => all.map((one) => one.getBoundingClientRect()));
      expect(tops[1]!.top).toBeLessThan(tops[0]!.bottom);
    },
  );

  test('is sorted by keyboard, keeps the order in the address, and exports the visible rows', async ({
    page,
    demo,
    server,
  }) => {
    for (let count = 0; count < 3; count++) newPerson(server);
    await openSignedIn(page, demo.nadia, LIST);
    await page.setViewportSize(LAPTOP);
    const column = page.getByRole('columnheader', { name: 'Connecté le' });
    await column.getByRole('button').press('Enter');
    await expect(column).toHaveAttribute('aria-sort', 'descending');
    await expect(column.getByRole('button')).toBeFocused();
    await expect(page.locator('tbody tr').first()).toContainText(demo.nadia.name);
    await column.getByRole('button').press('Space');
    await expect(column).toHaveAttribute('aria-sort', 'ascending');
    await expect(page.locator('tbody tr').first()).toContainText('jamais');
    await page.getByLabel('Accès').selectOption({ label: 'Peuvent entrer' });
    await holdsInBothLanguages(page);
    await holdsInForcedColours(page);

    await page.getByRole('button', { name: 'Vues' }).press('Enter');
    await page.getByLabel('Nom de cette vue').fill('Qui relancer');
    await page.keyboard.press('Enter');
    const address = page.url();
    expect(new URL(address).search).toBe('?only=CAN_ENTER&sort=lastSignedInAt');
    await page.goto(LIST);
    await page.getByRole('button', { name: 'Vues' }).press('Enter');
    await page.getByRole('link', { name: 'Qui relancer' }).press('Enter');
    await expect(page).toHaveURL(address);
    await expect(column).toHaveAttribute('aria-sort', 'ascending');
    await page.reload();
    await expect(column).toHaveAttribute('aria-sort', 'ascending');
    await expect(page.getByLabel('Accès')).toHaveValue('CAN_ENTER');

    const lines = await exported(page);
    await isAsShown(page, lines);
    expect(lines.length).toBeGreaterThan(3);
  });

  test(
    'on a telephone is sorted from a list, and chosen whole by a box that is seen',
    { tag: '@firefox' },
    async ({ page, demo }) => {
      await openSignedIn(page, demo.nadia, LIST);
      await page.setViewportSize(NARROW);
      await page.getByLabel('Trier').selectOption({ label: 'Les dernières connexions' });
      await expect(page).toHaveURL(/sort=-lastSignedInAt/);
      await expect(page.locator('tbody tr').first()).toContainText(demo.nadia.name);
      await holdsInBothLanguages(page);
      const all = page.getByLabel('Choisir tous les comptes affichés');
      await all.press('Space');
      expect(await wholeInView(all)).toBe(1);
      await expect(page.getByRole('region', { name: 'Actions sur les comptes choisis' })).toBeVisible();
    },
  );

  test('does one act to five hundred accounts, says how far it is, and names the one that is refused', async ({
    page,
    demo,
    server,
    later,
  }) => {
    test.setTimeout(120_000);
    newInvited(server, 501, { roles: 'national-admin', national: '1' });
    await openSignedIn(page, demo.nadia, LIST);
    await page.setViewportSize(LAPTOP);
    await page.getByLabel('Accès').selectOption({ label: 'Invités' });
    await expect(page.getByText('50 sur 501.')).toBeVisible();

    // By the keyboard alone: a row, then the whole list, then the act.
    await page.getByLabel('Choisir Zoe 001').press('Space');
    const bar = page.getByRole('region', { name: 'Actions sur les comptes choisis' });
    await expect(bar).toContainText('1 compte choisi.');
    expect(await wholeInView(bar)).toBe(1);
    await holdsInForcedColours(page);
    await holdsInBothLanguages(page);
    await bar.getByRole('button', { name: 'Choisir les 501 comptes de la liste' }).press('Enter');
    await expect(bar).toContainText('501 comptes choisis.');
    await expect(bar).toBeFocused();
    await later(6 * MINUTE);
    await bar.getByRole('button', { name: 'Désactiver (501)' }).press('Enter');
    const dialog = page.getByRole('alertdialog');
    await expect(dialog).toContainText('Désactiver 501 comptes');
    await holdsAsDialog(page);
    await dialog.getByLabel('Motif').fill('Fin de contrat');
    await page.keyboard.press('Enter');
    const code = page.getByRole('dialog').getByRole('textbox', { name: 'Code' });
    await expect(code).toBeFocused();
    await code.fill(await demo.nadia.codeByMail());
    await page.getByRole('button', { name: 'Valider' }).click();

    // One code for all of them, however many there are.
    await expect(bar.getByRole('progressbar', { name: 'Désactiver' })).toBeVisible();
    await expect(bar).toContainText(/Désactiver\s: \d+ sur 501/);
    await expect(bar).toContainText('Fait pour 500 comptes.', { timeout: 90_000 });
    await expect(bar).toContainText('1 refusé, encore choisi.');
    await expect(bar.getByRole('link', { name: 'Zoe 501' })).toBeVisible();
    await expect(bar.getByRole('listitem')).toHaveCount(1);
    await expect(bar.getByRole('listitem')).toContainText('à un administrateur national');
    await holdsInBothLanguages(page);
    await expect(page.locator('tbody tr')).toHaveCount(1);
    await bar.getByRole('button', { name: 'Fermer' }).press('Enter');
    await expect(bar).toHaveCount(0);

    await page.goto('/administration/journal');
    await expect(page.locator('[data-line]').filter({ hasText: 'Zoe 500' })).toContainText('Fin de contrat');
  });

  test('of an address that was sent, with a structure out of reach, is shown without it by one button', async ({
    page,
    demo,
  }) => {
    await openSignedIn(page, demo.nadia, LIST);
    const sent = `structure=${randomUUID()}`;
    for (const [path, shown] of [
      [LIST, 'tbody tr'],
      ['/administration/journal', '[data-line]'],
      ['/administration/statistiques', '[data-figure]'],
    ] as const) {
      await page.goto(`${path}?${sent}`);
      const problem = page.getByRole('alert');
      await expect(problem).toContainText('ou que vous n’administrez pas');
      await holdsInBothLanguages(page);
      await problem.getByRole('button', { name: 'Continuer sans ce filtre' }).press('Enter');
      await expect(page.locator(shown).first()).toBeVisible();
      await expect(problem).toHaveCount(0);
      await expect(page).toHaveURL(path);
      await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
    }
  });

  test('gives a code before the list is exported when the last one is old', async ({ page, demo, later }) => {
    await openSignedIn(page, demo.nadia, LIST);
    await later(6 * MINUTE);
    await page.getByLabel('Chercher une personne').fill('claire.martin');
    await expect(page.getByText('1 compte.')).toBeVisible();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Exporter' }).click();
    await page.getByRole('button', { name: 'Pour un tableur (CSV)' }).click();
    const code = page.getByRole('dialog').getByRole('textbox', { name: 'Code' });
    await expect(code).toBeFocused();
    await code.fill(await demo.nadia.codeByMail());
    await page.getByRole('button', { name: 'Valider' }).click();
    const file = await download;
    expect(file.suggestedFilename()).toBe('portillon-comptes.csv');
    await expect(page.getByText('Le fichier est téléchargé.')).toBeVisible();
    const lines = read(await file.path());
    await isAsShown(page, lines);
    expect(lines).toMatchObject([{ État: 'Actif', Rôles: 'Professionnel' }]);
  });
});

/** Texts that do not fit their column. */
function cutOff(cells: Locator): Promise<string[]> {
  return cells.evaluateAll((all) =>
    all
      .filter((cell) =>
        [cell, ...cell.querySelectorAll('.truncate')].some((one) => one.scrollWidth > one.clientWidth + 1),
      )
      .map((cell) => cell.textContent.trim()),
  );
}

async function exported(page: Page) {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Exporter' }).click();
  await page.getByRole('button', { name: 'Pour un tableur (CSV)' }).click();
  return read(await (await download).path());
}

/** What the screen calls otherwise than the file. */
const ON_SCREEN: Record<string, string> = { 'Adresse e-mail': 'E‑mail' };

/** The lines of the file, each value by its title as the screen has it. */
function read(path: string): Record<string, string>[] {
  const rows = readFileSync(path, 'utf8').replace('\uFEFF', '').trim().split('\r\n');
  const [titles, ...lines] = rows.map((row) => row.split(';').map((cell) => cell.slice(1, -1)));
  return lines.map((line) =>
    Object.fromEntries(titles!.map((title, at) => [ON_SCREEN[title] ?? title, line[at]!])),
  );
}

/** The same of the lines on the screen. */
function shownRows(page: Page, columns: readonly string[]): Promise<Record<string, string>[]> {
  return page.locator('tbody tr').evaluateAll((rows, wanted) => {
    const titles = [...document.querySelectorAll<HTMLElement>('thead th')].map((one) => one.innerText.trim());
    return rows.map((row) => {
      const cells = [...row.querySelectorAll<HTMLElement>('[role=rowheader], [role=cell]')];
      const textOf = (title: string) => cells[titles.indexOf(title)]!.innerText.trim().split('\n')[0]!;
      return Object.fromEntries(wanted.map((title) => [title, textOf(title)]));
    });
  }, columns);
}

const COLUMNS = ['Nom', 'E‑mail', 'Rôles'] as const;

/** The file has the lines of the screen, in its order, with the same words. */
async function isAsShown(page: Page, lines: Record<string, string>[]): Promise<void> {
  const same = lines.map((line) => Object.fromEntries(COLUMNS.map((title) => [title, line[title]])));
  expect(same).toEqual(await shownRows(page, COLUMNS));
}
