import { readFileSync } from 'node:fs';
import { holdsInBothLanguages, LAPTOP, wholeInView } from './harness/accessibility';
import { newPerson } from './harness/people';
import { expect, MINUTE, openSignedIn, test } from './harness/test';

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
    await expect(page.getByRole('columnheader', { name: 'User name' })).toBeVisible();
    expect(await wholeInView(rows)).toBeGreaterThanOrEqual(12);
    await page.getByRole('button', { name: 'Français', exact: true }).click();

    await page.getByRole('button', { name: 'Colonnes' }).press('Enter');
    await page.getByLabel('Créé le').press('Space');
    await expect(page.getByRole('columnheader', { name: 'Créé le' })).toBeVisible();
    await holdsInBothLanguages(page);
    await page.reload();
    await expect(page.getByRole('columnheader', { name: 'Créé le' })).toBeVisible();

    await page.getByLabel('À voir').selectOption({ label: 'Effacement demandé' });
    await expect(page.getByText('Aucun compte ne correspond.')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Exporter' })).toHaveCount(0);
    await page.getByLabel('À voir').selectOption({ label: 'Jamais venus' });
    await expect(rows.filter({ hasText: 'Jamais' }).first()).toBeVisible();
    await expect(rows.filter({ hasNotText: 'Jamais' })).toHaveCount(0);
  });

  test('gives a code before the list is exported when the last one is old', async ({ page, demo, later }) => {
    await openSignedIn(page, demo.nadia, LIST);
    await later(6 * MINUTE);
    await page.getByLabel('Chercher une personne').fill('claire.martin');
    await expect(page.getByText('1 compte affiché.')).toBeVisible();
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
    // The file is what the screen shows, in its order, with its words.
    const [titles, ...lines] = readFileSync(await file.path(), 'utf8')
      .trim()
      .split('\r\n');
    expect(titles).toContain('"Identifiant";"Nom";"Adresse e-mail";"État";"Rôles"');
    const cells = lines.map((line) => line.split(';').map((cell) => cell.slice(1, -1)));
    const shown = await page
      .locator('tbody tr')
      .evaluateAll((rows) => rows.map((row) => row.children[0]!.textContent!.trim()));
    expect(cells.map(([, name]) => name)).toEqual(shown);
    expect(cells.every(([, , , status, role]) => status === 'Actif' && role === 'Professionnel')).toBe(true);
  });
});
