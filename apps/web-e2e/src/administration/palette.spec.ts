import { faults, fits, holdsAsDialog, holdsInForcedColours, LAPTOP, NARROW } from '../harness/accessibility';
import { hold } from '../harness/hold';
import { expect, givePassword, heading, openSignedIn, type Page, signIn, test } from '../harness/test';

test.describe('the search from anywhere', () => {
  test('opens by its shortcut, finds a user by keyboard, and stores no input', async ({ page, demo }) => {
    await openSignedIn(page, demo.nadia, '/administration/journal');
    await page.setViewportSize(LAPTOP);
    const filter = page.getByLabel('Résultat');
    await filter.focus();
    const field = await open(page);
    await holdsAsDialog(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await faults(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'light' });
    await holdsInForcedColours(page);
    await page.keyboard.type('claire');
    const claire = palette(page).getByRole('option', { name: /^Claire Martin/ });
    await expect(claire).toHaveAttribute('data-highlighted', '');
    await expect(field).toHaveAttribute('aria-activedescendant', (await claire.getAttribute('id'))!);
    await expect(palette(page).getByRole('status')).toHaveText(/^\d+\srésultats?$/);
    await page.keyboard.press('Escape');
    await expect(palette(page)).toHaveCount(0);
    await expect(filter).toBeFocused();

    await open(page);
    await expect(field).toHaveValue('');
    await page.keyboard.type('claire');
    await expect(claire).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(heading(page, 'Claire Martin')).toBeFocused();
    expect(page.url()).not.toContain('claire');
    const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
    expect(kept).not.toContain('claire');
  });

  test('goes to pages and acts that the person may open, and says what to do when nothing is found', async ({
    page,
    demo,
  }) => {
    await openSignedIn(page, demo.nadia, '/');
    const button = page.getByRole('button', { name: 'Rechercher' });
    await expect(button).toBeVisible();
    const answer = await hold(page, '**/assets/*.js');
    await button.press('Enter');
    await page.keyboard.type('comp');
    answer();
    // However late a part of the page comes, the first letters are kept.
    await expect(palette(page).getByRole('combobox')).toHaveValue('comp');
    await expect(palette(page).getByRole('option').first()).toHaveText('Comptes');
    await palette(page).getByRole('combobox').fill('créer une struct');
    await expect(palette(page).getByText('Rien ne correspond.')).toBeVisible();
    await palette(page).getByRole('combobox').fill('IMPORTER');
    await expect(palette(page).getByRole('option')).toHaveCount(1);
    await page.keyboard.press('Enter');
    await expect(heading(page, 'Importer des comptes')).toBeFocused();
  });

  test('finds the journal’s lines of a code by its reference', async ({ page, demo, anotherBrowser }) => {
    const theirs = await anotherBrowser();
    await givePassword(theirs, demo.claire);
    await expect(heading(theirs, 'Saisir le code')).toBeVisible();
    const reference = /réf\.\s*(\w{4})/.exec((await theirs.getByRole('main').textContent())!)![1]!;
    await openSignedIn(page, demo.nadia, '/');
    await open(page);
    await page.keyboard.type(reference.toLowerCase());
    await palette(page)
      .getByRole('option', { name: /^Code envoyé Claire Martin/ })
      .click();
    await expect(page).toHaveURL(new RegExp(`/administration/journal\\?code=${reference}$`));
    await expect(page.locator('[data-line]')).toHaveCount(1);
    await page.getByRole('button', { name: `Ne plus filtrer par Code réf. ${reference}` }).press('Enter');
    await expect(page.locator('[data-line]').nth(1)).toBeVisible();

    // Another structure's administrator finds neither the person nor their code.
    const national = await anotherBrowser();
    await openSignedIn(national, demo.national, '/');
    await open(national);
    await national.keyboard.type('Centre');
    await expect(palette(national).getByRole('option', { name: /^Centre de santé du Port/ })).toBeVisible();
    await palette(national).getByRole('combobox').fill('JJJJ');
    await expect(palette(national).getByText('Aucun code de cette référence')).toBeVisible();
  });

  test('finds no one outside the structure of the searching user', async ({ page, demo }) => {
    await openSignedIn(page, demo.nadia, '/');
    await open(page);
    await page.keyboard.type('paul.durand');
    await expect(palette(page).getByText('Rien ne correspond.')).toBeVisible();
    await palette(page).getByRole('combobox').fill('Centre de santé');
    await expect(palette(page).getByText('Rien ne correspond.')).toBeVisible();
    await expect(palette(page).getByRole('option')).toHaveCount(0);
  });

  test('fits a telephone, in English too, and does not move while it answers', async ({ page, demo }) => {
    await openSignedIn(page, demo.nadia, '/');
    await page.setViewportSize(NARROW);
    await fits(page);
    await page.getByRole('button', { name: 'English', exact: true }).click();
    await page.getByRole('button', { name: 'Search' }).click();
    await expect(palette(page).getByRole('combobox')).toBeFocused();
    const before = await palette(page).boundingBox();
    await page.keyboard.type('claire');
    await expect(palette(page).getByRole('option', { name: /^Claire Martin/ })).toHaveCount(1);
    expect(await palette(page).boundingBox()).toEqual(before);
    await holdsAsDialog(page);
  });

  test('opens the dialog of an action on a user, and filtered lists', async ({ page, demo }) => {
    await openSignedIn(page, demo.nadia, '/');
    const field = await open(page);
    await page.keyboard.type('désactiver claire');
    await expect(
      palette(page).getByRole('option', { name: /^Désactiver le compte de Claire Martin/ }),
    ).toHaveAttribute('data-highlighted', '');
    await page.keyboard.press('Enter');
    const asked = page.getByRole('alertdialog', { name: 'Désactiver le compte de Claire Martin ?' });
    await expect(asked).toBeVisible();
    await expect(page).toHaveURL(/comptes\/[\w-]+$/);
    await asked.getByRole('button', { name: 'Annuler' }).click();
    await open(page);
    await field.fill('bloq');
    await palette(page).getByRole('option', { name: 'Comptes bloqués' }).click();
    await expect(page).toHaveURL(/only=LOCKED/);
  });

  test('begins with the latest entries, until the user signs out', async ({ page, demo, somebody }) => {
    await openSignedIn(page, demo.nadia, '/');
    await open(page);
    await page.keyboard.type('claire');
    await palette(page)
      .getByRole('option', { name: /^Claire Martin/ })
      .click();
    await expect(heading(page, 'Claire Martin')).toBeFocused();
    await open(page);
    await expect(palette(page).getByRole('option').first()).toHaveText(/^Claire Martin/);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Se déconnecter' }).click();
    await expect(heading(page, 'Se connecter')).toBeVisible();
    await signIn(page, somebody);
    await open(page);
    await expect(palette(page).getByText('Claire Martin')).toHaveCount(0);
  });

  test('also serves users who do not administer, with pages and help', async ({ page, somebody }) => {
    await openSignedIn(page, somebody, '/');
    const field = await open(page);
    await page.keyboard.type('mot de p');
    await expect(palette(page).getByRole('option')).toHaveText(['Changer mon mot de passe']);
    await field.fill('claire');
    await expect(palette(page).getByText('Rien ne correspond.')).toBeVisible();
    await field.fill('aide');
    await expect(palette(page).getByRole('option')).toHaveText(['Aide']);
    await page.keyboard.press('Enter');
    await expect(heading(page, 'Aide')).toBeFocused();
  });
});

test.describe('while the service does not answer', () => {
  test.use({ expected: /net::ERR_FAILED/ });

  test('the search says so, leaves the focus in its field, and tries again', async ({ page, demo }) => {
    await openSignedIn(page, demo.nadia, '/');
    await open(page);
    await page.route('**/api/admin/accounts?*', (route) => route.abort());
    await page.keyboard.type('claire');
    await expect(palette(page).getByRole('alert')).toBeVisible();
    await expect(palette(page).getByRole('combobox')).toBeFocused();
    await page.unroute('**/api/admin/accounts?*');
    await palette(page).getByRole('button', { name: 'Réessayer' }).click();
    await expect(palette(page).getByRole('option', { name: /^Claire Martin/ })).toBeVisible();
  });
});

function palette(page: Page) {
  return page.getByRole('dialog', { name: /Rechercher|Search/ });
}

async function open(page: Page) {
  await expect(page.getByRole('button', { name: 'Rechercher' })).toBeVisible();
  await page.keyboard.press('Control+k');
  const field = palette(page).getByRole('combobox');
  await expect(field).toBeFocused();
  return field;
}
