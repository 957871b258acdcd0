import { faults, holdsAsDialog, holdsInBothLanguages, LAPTOP, NARROW } from '../harness/accessibility';
import { expect, heading, openSignedIn, test } from '../harness/test';

const LIST = '/administration/comptes';

test.describe('the identity of a person', () => {
  test('is attested on their page, said there, and found in the list', async ({ page, demo, somebody }) => {
    test.slow();
    await openSignedIn(page, demo.nadia, `${LIST}?only=IDENTITY_UNVERIFIED`);
    await page.getByLabel('Chercher une personne').fill(somebody.username);
    await page.getByRole('link', { name: somebody.name }).first().click();
    await expect(heading(page, somebody.name)).toBeFocused();
    await page.setViewportSize(LAPTOP);
    await expect(page.getByText('Non vérifiée')).toBeVisible();
    await page.getByRole('button', { name: 'Attester l’identité', exact: true }).click();
    await holdsAsDialog(page);
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Attester', exact: true }).click();
    await expect(dialog.getByText('Écrivez comment vous avez vérifié qui est la personne')).toBeVisible();
    await dialog.getByLabel('Motif').fill('Carte d’identité vue');
    await dialog.getByRole('button', { name: 'Attester', exact: true }).click();
    await expect(page.getByText('L’identité est attestée pour trois ans.')).toBeVisible();
    await expect(page.getByText(/^Vérifiée le .* en face à face par .*, à revoir le /)).toBeVisible();
    await holdsInBothLanguages(page);
    await page.setViewportSize(NARROW);
    expect(await faults(page)).toEqual([]);
  });

  test('is counted among the statistics, and each number leads to who they are', async ({ page, demo }) => {
    await openSignedIn(page, demo.nadia, '/administration/statistiques');
    const figures = page.getByRole('region', { name: 'Identité des personnes' });
    await expect(figures.getByText('Jamais vérifiée')).toBeVisible();
    await expect(figures.getByText('Annuaire Santé')).toHaveCount(0);
    await figures.getByRole('link', { name: 'À revoir' }).click();
    await expect(heading(page, 'Comptes')).toBeFocused();
    await expect(page).toHaveURL(/only=IDENTITY_DUE/);
  });
});
