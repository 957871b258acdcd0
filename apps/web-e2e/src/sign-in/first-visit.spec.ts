import { fitsInBothLanguages, holdsInBothLanguages } from '../harness/accessibility';
import { demoPeople, leaveOnlyNational, Person } from '../harness/people';
import { Server } from '../harness/server';
import {
  arrived,
  expect,
  giveMailedCode,
  heading,
  type Page,
  signInByApi,
  test as base,
} from '../harness/test';

const NEW = 'Une-Autre-Gare-Au-Soleil-31';

/** On the first day of a deployment. */
const test = base.extend<object, { server: Server }>({
  server: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the names from the pattern
    async ({}, use) => {
      const server = await Server.open();
      leaveOnlyNational(server);
      await use(server);
      await server.close();
    },
    { scope: 'worker' },
  ],
});

test('the first visit of a new deployment leads, by keyboard, to the first administrator’s home page', async ({
  page,
  server,
  anotherBrowser,
}) => {
  test.slow();
  const jeanne = new Person(server, 'jeanne.moreau', 'jeanne.moreau@clinique.example', 'Jeanne Moreau', '');
  await signInByApi(page, demoPeople(server).national);
  await page.goto('/administration/structures');
  await holdsInBothLanguages(page);

  // Five acts: create, send, invite by the link of the result with the role ticked, send.
  await page.getByRole('link', { name: 'Créer une structure' }).press('Enter');
  await expect(heading(page, 'Créer une structure')).toBeFocused();
  await fill(page, 'Nom de la structure', 'Clinique des Pins');
  await fill(page, 'Numéro FINESS', '990000036');
  await page.keyboard.press('Enter');
  await expect(page.getByText('La structure est créée.')).toBeVisible();
  await holdsInBothLanguages(page);

  await page.getByRole('link', { name: 'Inviter l’administrateur' }).press('Enter');
  await expect(heading(page, 'Inviter une personne')).toBeFocused();
  await expect(page.getByRole('checkbox', { name: 'Administrateur de la structure' })).toBeChecked();
  await expect(page.getByLabel('Structure', { exact: true })).toHaveValue('Clinique des Pins');
  await fill(page, 'Nom affiché', jeanne.name);
  await expect(page.getByLabel('Identifiant', { exact: true })).toHaveValue(jeanne.username);
  await fill(page, 'Adresse e‑mail', jeanne.email);
  await page.keyboard.press('Enter');
  await expect(heading(page, jeanne.name)).toBeFocused();
  await page.getByRole('link', { name: 'Comptes', exact: true }).press('Enter');
  await expect(page.getByRole('link', { name: jeanne.name })).toBeVisible();

  await firstSignIn(await anotherBrowser(), jeanne);
});

/** From the mail to « Mon compte ». */
async function firstSignIn(page: Page, person: Person): Promise<void> {
  await page.goto(await person.linkByMail('invitation'));
  await expect(heading(page, 'Bienvenue dans Portillon')).toBeVisible();
  await fill(page, 'Nouveau mot de passe', NEW);
  await page.keyboard.press('Enter');
  await giveMailedCode(page, person);
  await arrived(page, person);
  await expect(page.getByRole('main')).toContainText('Clinique des Pins');
  await fitsInBothLanguages(page);
  await page.getByRole('link', { name: 'Mon compte' }).press('Enter');
  await expect(heading(page, 'Mon compte')).toBeFocused();
  await expect(page.getByLabel('Téléphone portable')).toHaveValue('');
  await expect(page.getByRole('radio', { name: 'EMAIL' })).toBeChecked();
  await fitsInBothLanguages(page);
}

/** As one types it, whatever the page had there. */
async function fill(page: Page, label: string, text: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).focus();
  await page.keyboard.type(text);
}
