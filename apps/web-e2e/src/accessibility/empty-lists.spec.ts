import { holdsInBothLanguages } from '../harness/accessibility';
import { expect, openSignedIn, type Page, signInByApi, test } from '../harness/test';

const DEVICES = '/mon-compte/connexions';

test.describe('a list that empties says so, and the keyboard goes on from there:', () => {
  test('the last other sign-in is closed', async ({ page, somebody, anotherBrowser }) => {
    await signInByApi(await anotherBrowser(), somebody);
    await openSignedIn(page, somebody, DEVICES);
    await page.getByRole('button', { name: /^Fermer la session/ }).press('Enter');
    await expect(said(page, 'La session est fermée.')).toBeFocused();
    await expect(said(page, 'Aucune autre session n’est ouverte.')).toBeVisible();
    await page.keyboard.press('Tab');
    await expect(page.getByRole('button', { name: /^Oublier le navigateur/ }).first()).toBeFocused();
    await holdsInBothLanguages(page);
  });

  test('all other sign-ins are closed at once', async ({ page, somebody, anotherBrowser }) => {
    await signInByApi(await anotherBrowser(), somebody);
    await signInByApi(await anotherBrowser(), somebody);
    await openSignedIn(page, somebody, DEVICES);
    await page.getByRole('button', { name: 'Fermer toutes les autres sessions' }).press('Enter');
    await expect(said(page, 'Toutes vos autres sessions sont fermées.')).toBeFocused();
    await expect(said(page, 'Aucune autre session n’est ouverte.')).toBeVisible();
  });

  test('the last recognised browser is forgotten', async ({ page, somebody }) => {
    await openSignedIn(page, somebody, DEVICES);
    await page.getByRole('button', { name: /^Oublier le navigateur/ }).press('Enter');
    await expect(said(page, 'Le navigateur est oublié')).toBeFocused();
    await expect(said(page, 'Aucun navigateur n’est reconnu.')).toBeVisible();
    await page.keyboard.press('Tab');
    await expect(page.getByRole('contentinfo').getByRole('link').first()).toBeFocused();
    await holdsInBothLanguages(page);
  });

  test('one of several goes, and the keyboard is beside those that stay', async ({
    page,
    somebody,
    anotherBrowser,
  }) => {
    await signInByApi(await anotherBrowser(), somebody);
    await openSignedIn(page, somebody, DEVICES);
    const forget = page.getByRole('button', { name: /^Oublier le navigateur/ });
    await expect(forget).toHaveCount(2);
    await forget.first().press('Enter');
    await expect(said(page, 'Le navigateur est oublié')).toBeFocused();
    await expect(forget).toHaveCount(1);
    await page.keyboard.press('Tab');
    await expect(page.getByRole('button', { name: /^Fermer la session/ })).toBeFocused();
  });
});

test.describe('a search that finds nothing says so, and is taken back by the keyboard:', () => {
  test('of an account', async ({ page, demo }) => {
    await openSignedIn(page, demo.nadia, '/administration/comptes');
    const search = page.getByLabel('Chercher une personne');
    await search.focus();
    await page.keyboard.type('nobody-at-all');
    await expect(said(page, 'Aucun compte.')).toBeVisible();
    await expect(page.getByText('Aucun compte ne correspond.')).toBeVisible();
    await expect(search).toBeFocused();
    await holdsInBothLanguages(page);
    await page.getByRole('button', { name: 'Effacer la recherche et les filtres' }).press('Enter');
    await expect(search).toBeFocused();
    await expect(search).toHaveValue('');
    await expect(page.getByRole('link', { name: 'Claire Martin' })).toBeVisible();
  });

  test('of a structure', async ({ page, demo }) => {
    await openSignedIn(page, demo.national, '/administration/structures');
    await page.getByLabel('Chercher une structure').focus();
    await page.keyboard.type('nowhere-at-all');
    await expect(said(page, 'Aucune structure ne commence ainsi.')).toBeVisible();
    await holdsInBothLanguages(page);
  });

  test('of a line of the journal', async ({ page, demo }) => {
    await openSignedIn(page, demo.nadia, '/administration/journal');
    await page.getByLabel('Période').selectOption({ label: 'Entre deux dates' });
    await page.getByLabel('Du', { exact: true }).fill('2000-01-01');
    await page.getByLabel('Au (inclus)').fill('2000-01-02');
    await page.keyboard.press('Enter');
    await expect(said(page, 'Aucune ligne')).toBeVisible();
    await expect(page.getByText('Aucune ligne ne correspond à ces filtres.')).toBeVisible();
    await holdsInBothLanguages(page);
    await page.getByRole('button', { name: 'Tout afficher' }).press('Enter');
    await expect(page.locator('[data-line]').first()).toBeVisible();
    await expect(page.getByLabel('Personne', { exact: true })).toBeFocused();
  });
});

function said(page: Page, text: string) {
  return page.getByRole('status').filter({ hasText: text });
}
