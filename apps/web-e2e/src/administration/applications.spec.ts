import { execFileSync } from 'node:child_process';
import { hasNoFault } from '../harness/accessibility';
import { expect, heading, openSignedIn, type Page, test } from '../harness/test';

const LIST = '/administration/applications';
const CALLBACK = 'https://orientation.example/callback';

test.describe('an application', () => {
  test('is registered, gets a secret that is shown once, and its settings to copy', async ({
    page,
    demo,
    anotherBrowser,
  }) => {
    test.slow();
    const name = `Orientation ${Date.now()}`;
    await openSignedIn(page, demo.nadia, LIST);
    await page.getByRole('link', { name: 'Créer une application' }).click();
    await expect(heading(page, 'Créer une application')).toBeFocused();
    await hasNoFault(page, 'applications-nouvelle');
    await goOn(page);
    await page.getByLabel('Adresse du site').fill('http://orientation.example');
    await page.getByLabel('Nom', { exact: true }).fill(name);
    await hasNoFault(page, 'applications-adresse');
    await goOn(page);
    await hasNoFault(page, 'applications-public');
    await page.getByRole('button', { name: 'Créer l’application' }).click();
    await expect(page.getByText('Cette adresse doit commencer par https://')).toBeVisible();
    await page.getByLabel('Adresse du site').fill('orientation.example');
    await expect(page.getByLabel('Nom', { exact: true })).toHaveValue(name);
    await goOn(page);
    await page.getByRole('button', { name: 'Créer l’application' }).click();
    await expect(page.getByText('Il n’est affiché qu’une fois')).toBeVisible();
    await expect(page.getByText('En attente de la première requête…')).toBeVisible();
    await hasNoFault(page, 'applications-branchement');
    await page.getByRole('link', { name: 'Ouvrir la page de l’application' }).click();
    await expect(heading(page, name)).toBeFocused();
    await page.getByRole('button', { name: 'Lancer la vérification' }).click();
    await expect(page.getByText('Un secret est en service.')).toBeVisible();
    await hasNoFault(page, 'application');
    await page.getByRole('link', { name: 'Intégration' }).click();
    await expect(page.getByText('Jamais utilisé')).toBeVisible();
    const snippet = page.getByRole('region', { name: 'Node.js (openid-client)' });
    const elsewhere = await anotherBrowser();
    await elsewhere.goto(addressOf(await snippet.innerText()));
    await expect(heading(elsewhere, 'Se connecter')).toBeVisible();
    await page.getByLabel('Technologie').selectOption('Spring Security');
    await expect(page.getByText(`redirect-uri: ${CALLBACK}`)).toBeVisible();
    await page.reload();
    await expect(page.getByText('Jamais utilisé')).toBeVisible();
    await expect(page.getByText('Il n’est affiché qu’une fois')).toBeHidden();

    await page.getByRole('button', { name: 'Supprimer' }).click();
    await expect(page.getByRole('alertdialog')).toBeVisible();
    await hasNoFault(page, 'application-secret');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Supprimer' }).click();
    await expect(page.getByText('Le secret est supprimé.')).toBeVisible();
    await hasNoFault(page, 'application-integration');
    await page.getByRole('link', { name: 'Activité' }).click();
    await expect(page.getByText('Aucun refus ces 30 derniers jours.')).toBeVisible();
    await hasNoFault(page, 'application-activite');
    await page.goto('/');
    await expect(page.getByRole('link', { name })).toHaveAttribute('href', 'https://orientation.example/');
    await hasNoFault(page, 'accueil');
    await page.goto('/mon-compte/applications');
    await expect(page.getByRole('link', { name: `Ouvrir ${name}` })).toBeVisible();
    await hasNoFault(page, 'mes-applications');
  });

  test('is closed, and opened again', async ({ page, demo }) => {
    test.slow();
    const name = `Planning ${Date.now()}`;
    await openSignedIn(page, demo.nadia, `${LIST}/nouvelle`);
    await page.getByLabel('Derrière le proxy').check();
    await goOn(page);
    await page.getByLabel('Adresse du site').fill('planning.example');
    await page.getByLabel('Nom', { exact: true }).fill(name);
    await goOn(page);
    await page.getByRole('button', { name: 'Créer l’application' }).click();
    await expect(page.getByText('X-Original-URL https://planning.example$request_uri')).toBeVisible();
    await page.getByRole('link', { name: 'Ouvrir la page de l’application' }).click();
    await expect(heading(page, name)).toBeFocused();
    await page.getByRole('button', { name: 'Désactiver' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Désactiver' }).click();
    await expect(page.getByText('L’application est désactivée.', { exact: true })).toBeVisible();
    await page.getByRole('button', { name: 'Réactiver' }).click();
    await expect(page.getByText('L’application est de nouveau en service.')).toBeVisible();
    await page.goto(LIST);
    await expect(page.getByRole('link', { name })).toBeVisible();
    await hasNoFault(page, 'applications');
  });
});

async function goOn(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Continuer' }).click();
}

/** The address that the copied program sends people to: it runs in the repository, where its library is installed. */
function addressOf(program: string): string {
  const args = ['--input-type=module', '--eval', `${program}\nconsole.log(url.href);`];
  return execFileSync(process.execPath, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  }).trim();
}
