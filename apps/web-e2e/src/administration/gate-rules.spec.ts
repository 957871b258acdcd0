import { hasNoFault, holdsInBothLanguages, LAPTOP } from '../harness/accessibility';
import { expect, heading, openSignedIn, type Page, test } from '../harness/test';

test.use({ viewport: LAPTOP });

test.describe('an application behind a proxy', () => {
  test('gets its rules by keyboard, and « Pourquoi ? » says which one decides', async ({ page, demo }) => {
    test.slow();
    const address = await register(page, demo.nadia);
    await pressKey(page, 'Modifier les règles');
    await pressKey(page, 'Supprimer la règle 1');
    await pressKey(page, 'Enregistrer les règles d’accès');
    await expect(page.getByText('Les règles d’accès sont enregistrées.')).toBeVisible();
    await why(page, `${address}/admin`);
    await expect(page.getByText('Aucune règle ne correspond à ce chemin et à cette méthode')).toBeVisible();
    await page.getByRole('link', { name: 'Aperçu' }).press('Enter');
    await pressKey(page, 'Lancer la vérification');
    await expect(page.getByText('Aucune règle : personne ne passe. Ajoutez-en une.')).toBeVisible();
    await expect(page.getByText('Aucune requête n’est encore venue de son proxy')).toBeVisible();

    await page.getByRole('link', { name: 'Ajouter une règle' }).press('Enter');
    await pressKey(page, 'Modifier les règles');
    await pressKey(page, 'Ajouter une règle');
    await expect(page.getByLabel('Chemins')).toBeFocused();
    await page.keyboard.type('/');
    await pressKey(page, 'Ajouter une règle');
    await expect(page.getByLabel('Chemins').last()).toBeFocused();
    await page.keyboard.type('/admin');
    const second = page.getByRole('group', { name: 'Règle 2', exact: true });
    await second.getByLabel('Administrateur de la structure').press('Space');
    await second.getByLabel('Structures (facultatif)').pressSequentially('Hôpital des');
    await expect(page.getByRole('option', { name: 'Hôpital des Trois Dames' })).toBeVisible();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(second.getByLabel('Structures (facultatif)')).toBeFocused();
    await expect(second.getByRole('button', { name: 'Retirer Hôpital des Trois Dames' })).toBeVisible();
    await second.getByLabel('Niveau de connexion').selectOption('Moyen attesté par l’opérateur');
    await pressKey(page, 'Monter la règle 2');
    await expect(page.getByRole('button', { name: 'Descendre la règle 1' })).toBeFocused();
    await hasNoFault(page, 'gate-rules');
    await pressKey(page, 'Enregistrer les règles d’accès');
    await expect(page.getByText('Les règles d’accès sont enregistrées.')).toBeVisible();
    await expect(page.getByText('Tout le reste est refusé.')).toBeVisible();
    await expect(page.getByText('Structure : Hôpital des Trois Dames')).toBeVisible();

    await pickPerson(page, 'Claire Martin');
    await why(page, `${address}/admin/comptes`);
    await expect(page.getByText('La personne n’a aucun des rôles que la règle demande.')).toBeVisible();
    await expect(page.getByText('La règle 1 décide pour /admin/comptes')).toBeVisible();
    await why(page, `${address}/accueil`);
    await expect(page.getByText('La règle 2 décide pour /accueil')).toBeVisible();
    await expect(page.getByText('La personne passe.')).toBeVisible();
    await hasNoFault(page, 'gate-why');
    await holdsInBothLanguages(page);
  });

  test('keeps what is typed when another administrator changed the application', async ({
    page,
    demo,
    anotherBrowser,
  }) => {
    test.slow();
    await register(page, demo.nadia);
    const elsewhere = await anotherBrowser();
    await openSignedIn(elsewhere, demo.nadia, new URL(page.url()).pathname);
    await addRule(elsewhere, '/leur');
    await elsewhere.getByRole('button', { name: 'Enregistrer les règles d’accès' }).click();
    await expect(elsewhere.getByText('Les règles d’accès sont enregistrées.')).toBeVisible();

    await addRule(page, '/mien');
    await page.getByRole('button', { name: 'Enregistrer les règles d’accès' }).click();
    const notice = page.getByRole('alert').filter({ hasText: 'Quelqu’un d’autre a modifié' });
    await expect(notice).toBeFocused();
    await expect(notice.getByText('/leur')).toBeVisible();
    await expect(page.getByLabel('Chemins').last()).toHaveValue('/mien');
    await hasNoFault(page, 'gate-rules-moved');
    await page.getByRole('button', { name: 'Enregistrer les règles d’accès' }).click();
    await expect(page.getByText('Les règles d’accès sont enregistrées.')).toBeVisible();
    await expect(page.getByText('/mien', { exact: true })).toBeVisible();
    await expect(page.getByText('/leur', { exact: true })).toBeHidden();
  });
});

/** A separate application at a separate address, by which the gate finds it. Opens its rules by keyboard alone. */
async function register(page: Page, person: Parameters<typeof openSignedIn>[1]): Promise<string> {
  const mark = Date.now();
  const site = `planning-${mark}.example`;
  await openSignedIn(page, person, '/administration/applications/nouvelle');
  await page.getByLabel('Derrière le proxy').press('Space');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Son adresse' })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.type(site);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Qui peut l’ouvrir' })).toBeFocused();
  await pressKey(page, 'Créer l’application');
  await expect(page.getByRole('heading', { name: 'La brancher' })).toBeFocused();
  await page.getByRole('link', { name: 'Ouvrir la page de l’application' }).press('Enter');
  await expect(heading(page, `Planning-${mark}`)).toBeFocused();
  await page.getByRole('link', { name: 'Accès' }).press('Enter');
  await expect(page.getByText('Les personnes connectées')).toBeVisible();
  return `https://${site}`;
}

async function addRule(page: Page, path: string): Promise<void> {
  await page.getByRole('button', { name: 'Modifier les règles' }).click();
  await page.getByRole('button', { name: 'Ajouter une règle' }).click();
  await page.getByLabel('Chemins').last().fill(path);
}

async function why(page: Page, url: string): Promise<void> {
  await page.getByLabel('Adresse demandée').fill(url);
  await page.keyboard.press('Enter');
}

async function pickPerson(page: Page, name: string): Promise<void> {
  await page.getByLabel('Personne (facultatif)').pressSequentially(name);
  await page.getByRole('option', { name }).first().click();
}

async function pressKey(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).press('Enter');
}
