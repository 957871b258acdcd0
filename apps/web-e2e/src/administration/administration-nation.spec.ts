import { answersInSight, fitsInBothLanguages, holdsInBothLanguages, LAPTOP } from '../harness/accessibility';
import { Person } from '../harness/people';
import { expect, heading, openSignedIn, openTab, test } from '../harness/test';

test.describe('« Administration »', () => {
  test('of the nation registers a structure and sets its rules', async ({ page, server }) => {
    test.slow();
    const support = new Person(
      server,
      'support.national',
      'support.national@portillon.example',
      'Support national',
      '',
    );
    await openSignedIn(page, support, '/administration/structures');
    await expect(heading(page, 'Structures')).toBeVisible();
    await fitsInBothLanguages(page);
    await page.getByRole('link', { name: 'Créer une structure' }).click();
    await page.getByLabel('Nom de la structure').fill(`Clinique O’Brien "Zoé" <b> ${Date.now()}`);
    await page.getByRole('button', { name: 'Créer la structure' }).click();
    await expect(page.getByLabel('Numéro FINESS')).toBeFocused();
    await holdsInBothLanguages(page);
    await page.getByLabel('Numéro FINESS').fill(finess());
    await page.getByRole('button', { name: 'Créer la structure' }).click();
    await expect(page.getByText('La structure est créée.')).toBeVisible();
    await openTab(page, 'Connexion');
    await page.getByLabel('Redemander un code').selectOption('8');
    await page.setViewportSize(LAPTOP);
    await expect(page.getByText('1 changement', { exact: true })).toBeVisible();
    await holdsInBothLanguages(page);
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await answersInSight(page, 'Les changements sont enregistrés.');
    await expect(page.getByLabel('Redemander un code')).toHaveValue('8');
    await openTab(page, 'Postes et réseau');
    const addresses = page.getByLabel('Adresses de sortie de l’établissement');
    await addresses.fill('192.0.2.10\n10.0.0.0/8');
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await expect(addresses).toBeFocused();
    await expect(addresses).toHaveAccessibleDescription(/^Une de ces adresses n’est pas acceptée\./);
    await holdsInBothLanguages(page);
    await addresses.fill('192.0.2.10\n2001:db8:1::/48');
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await expect(page.getByText('Les changements sont enregistrés.')).toBeVisible();
    await page.reload();
    await expect(addresses).toHaveValue('192.0.2.10\n2001:db8:1::/48');
    await openTab(page, 'Apparence');
    await holdsInBothLanguages(page);
    await page.getByRole('link', { name: 'Inviter une personne dans cette structure' }).click();
    await expect(heading(page, 'Inviter une personne')).toBeVisible();
    await expect(page.getByLabel('Structure', { exact: true })).toHaveValue(/Clinique O’Brien "Zoé" <b>/);
    await holdsInBothLanguages(page);
  });
});

/** Nine characters of which the last is the check digit (Luhn). */
function finess(): string {
  const digits = `75${String(Math.floor(Math.random() * 1_000_000)).padStart(6, '0')}`;
  const sum = [...digits].reverse().reduce((total, digit, at) => {
    const twice = Number(digit) * (at % 2 === 0 ? 2 : 1);
    return total + (twice > 9 ? twice - 9 : twice);
  }, 0);
  return digits + String((10 - (sum % 10)) % 10);
}
