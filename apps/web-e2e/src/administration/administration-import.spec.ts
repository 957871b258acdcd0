import { holdsAsDialog, holdsInBothLanguages } from '../harness/accessibility';
import { expect, openSignedIn, test } from '../harness/test';

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
  const choose = (name: string, text: string) =>
    page.getByLabel('Fichier CSV').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
  const check = () => page.getByRole('button', { name: 'Vérifier le fichier' }).click();
  await choose('comptes.pdf', '%PDF-1.7');
  await check();
  await expect(page.getByText('Ce fichier n’est pas un tableau CSV.')).toBeVisible();
  await holdsInBothLanguages(page);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Télécharger un fichier d’exemple' }).click();
  await page.getByLabel('Fichier CSV').setInputFiles(await (await download).path());
  await check();
  await expect(page.getByRole('heading', { name: /^Fichier vérifié/ })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Lignes à corriger' })).toBeHidden();
  await page.getByRole('button', { name: 'Créer les comptes' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Créer les comptes' }).click();
  await expect(page.getByRole('heading', { name: /^Import terminé/ })).toBeVisible();
  // All of it is good: there is nothing to correct.
  await expect(page.getByRole('link', { name: 'Importer un autre fichier' })).toBeVisible();
  await expect(page.getByRole('link', { name: /^Corriger/ })).toHaveCount(0);
  await page.goto('/administration/import');
  // The PDF has left none.
  await expect(page.getByText(/^Import du/)).toHaveCount(1);
  await page.getByLabel('Fichier CSV').setInputFiles({
    name: 'comptes.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(
      `identifiant;email;nom\r\n${good};${good}@hopital.example;Léa ${mark}\r\nmax.${mark};pas-une-adresse;=1+1\r\n`,
      'latin1',
    ),
  });
  await page.getByRole('radio', { name: 'Importer les bonnes lignes' }).check();
  await check();
  await expect(page.getByRole('heading', { name: /^Fichier vérifié/ })).toBeVisible();
  const bad = page.getByRole('region', { name: 'Lignes à corriger' });
  await expect(bad.getByRole('row')).toHaveCount(2);
  await expect(bad.getByRole('row').last()).toContainText(`max.${mark}`);
  await holdsInBothLanguages(page);
  await page.getByRole('button', { name: 'Créer les comptes' }).click();
  await expect(page.getByRole('alertdialog')).toBeVisible();
  await holdsAsDialog(page);
  await page.getByRole('alertdialog').getByRole('button', { name: 'Créer les comptes' }).click();
  await expect(page.getByRole('heading', { name: /^Import terminé/ })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Corriger et envoyer un autre fichier' })).toBeVisible();
  await page.getByRole('link', { name: 'Voir les comptes créés' }).click();
  await expect(page.locator('tbody tr').first()).toContainText(`Léa ${mark}`);
  expect(await server.everythingTo(`max.${mark}@hopital.example`)).toEqual([]);
});
