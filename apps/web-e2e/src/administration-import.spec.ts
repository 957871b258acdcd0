import { holdsAsDialog, holdsInBothLanguages } from './harness/accessibility';
import { expect, openSignedIn, test } from './harness/test';

test('an import is checked first, line by line, and then made of the good lines', async ({
  page,
  demo,
  somebody,
  server,
}) => {
  test.slow();
  const mark = somebody.username.split('.')[1]!;
  const good = `lea.${mark}`;
  await openSignedIn(page, demo.nadia, '/administration/import');
  await page.getByLabel('Fichier CSV').setInputFiles({
    name: 'comptes.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(
      `identifiant;email;nom\r\n${good};${good}@hopital.example;Léa ${mark}\r\nmax.${mark};pas-une-adresse;=1+1\r\n`,
      'latin1',
    ),
  });
  await page.getByRole('radio', { name: 'Importer les bonnes lignes' }).check();
  await page.getByRole('button', { name: 'Vérifier le fichier' }).click();
  await expect(page.getByRole('heading', { name: /^Fichier vérifié/ })).toBeVisible();
  const bad = page.getByRole('region', { name: 'Lignes à corriger' });
  await expect(bad.getByRole('row')).toHaveCount(2);
  await expect(bad.getByRole('row').last()).toContainText(`max.${mark}`);
  await holdsInBothLanguages(page);
  await page.getByRole('button', { name: 'Créer les comptes' }).click();
  await expect(page.getByRole('alertdialog')).toBeVisible();
  await holdsAsDialog(page);
  await page.getByRole('alertdialog').getByRole('button', { name: 'Créer les comptes' }).click();
  await expect(page.getByRole('heading', { name: /^(Import terminé|Envoi des invitations)/ })).toBeVisible();
  await page.getByRole('navigation', { name: 'Rubriques' }).getByRole('link', { name: 'Comptes' }).click();
  await page.getByLabel('Chercher une personne').fill(good);
  await expect(page.getByRole('link', { name: `Léa ${mark}` })).toBeVisible();
  expect(await server.everythingTo(`max.${mark}@hopital.example`)).toEqual([]);
});
