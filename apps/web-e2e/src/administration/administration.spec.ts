import {
  answersInSight,
  fits,
  holdsAsDialog,
  holdsInBothLanguages,
  holdsInForcedColours,
  LAPTOP,
  NARROW,
} from '../harness/accessibility';
import { newPerson, Person } from '../harness/people';
import {
  arrived,
  expect,
  giveMailedCode,
  givePassword,
  heading,
  MINUTE,
  openSignedIn,
  type Page,
  signInByApi,
  test,
} from '../harness/test';

const LIST = '/administration/comptes';
const PASSWORD = 'Une-Autre-Gare-Au-Soleil-31';
const LINK = /https?:\/\/\S+\/invitation\S*/;

test.describe('an administrator of a structure', () => {
  test('invites a user, who chooses a password and signs in', async ({
    page,
    demo,
    server,
    somebody,
    anotherBrowser,
  }) => {
    test.slow();
    const username = `zoe.${somebody.username.split('.')[1]}`;
    const guest = new Person(server, username, `${username}@hopital.example`, 'Zoé O’Brien', '');
    await openSignedIn(page, demo.nadia, LIST);
    await page.getByRole('link', { name: 'Inviter une personne' }).click();
    await expect(heading(page, 'Inviter une personne')).toBeFocused();
    await page.getByLabel('Nom affiché').fill(guest.name);
    await page.getByLabel('Identifiant', { exact: true }).fill(username);
    await page.getByLabel('Adresse e‑mail').fill(guest.email);
    await page.getByRole('button', { name: 'Envoyer l’invitation' }).click();
    await expect(page.getByText(`Invitation envoyée à ${guest.email}.`)).toBeVisible();
    await expect(heading(page, guest.name)).toBeFocused();

    const link = await expect
      .poll(async () => LINK.exec((await server.everythingTo(guest.email))[0]?.text ?? '')?.[0])
      .toBeTruthy()
      .then(async () => LINK.exec((await server.everythingTo(guest.email))[0]!.text)![0]);
    const theirs = await anotherBrowser();
    await theirs.goto(link);
    await theirs.getByLabel('Nouveau mot de passe').fill(PASSWORD);
    await theirs.getByRole('button', { name: 'Activer mon compte' }).click();
    await giveMailedCode(theirs, guest);
    await arrived(theirs, guest);
  });

  test('finds a user while typing, and closes the account at once', async ({
    page,
    demo,
    somebody,
    anotherBrowser,
  }) => {
    const theirs = await anotherBrowser();
    await openSignedIn(theirs, somebody, '/mon-compte');
    await openSignedIn(page, demo.nadia, LIST);
    const search = page.getByLabel('Chercher une personne');
    await search.fill('mart');
    await expect(page.getByText('1 compte.')).toBeVisible();
    await search.fill('');
    await page.getByRole('link', { name: somebody.name }).click();
    await page.getByRole('button', { name: 'Désactiver le compte' }).click();
    await expect(page.getByRole('alertdialog')).toContainText('Rien n’est effacé');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Désactiver' }).click();
    await expect(page.getByText('Le compte est désactivé.')).toBeVisible();
    await expect(page.getByRole('status').filter({ hasText: 'Le compte est désactivé.' })).toBeFocused();
    const latest = page.getByRole('region', { name: 'Derniers événements' });
    await expect(latest.getByText('Compte désactivé')).toBeVisible();
    await expect(latest.getByRole('listitem').first()).toContainText('Nadia Benali');
    await expect(page.getByRole('region', { name: 'Sessions et navigateurs' })).toContainText(
      'Aucune session ouverte.',
    );
    const block = page.getByText(/Ne peut pas entrer\s: compte désactivé\./);
    await expect(block).toBeVisible();
    await holdsInBothLanguages(page);
    await holdsInForcedColours(page);
    await theirs.getByRole('link', { name: 'Sessions et activité' }).click();
    await expect(heading(theirs, 'Se connecter')).toBeVisible();
    await givePassword(theirs, somebody);
    await expect(theirs.getByRole('alert')).toContainText('incorrect');

    await page.getByRole('button', { name: 'Réactiver le compte' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Réactiver' }).click();
    await expect(page.getByText('Le compte est réactivé.')).toBeVisible();
    // The password is older than the closing.
    await givePassword(theirs, somebody);
    await expect(theirs.getByRole('alert')).toContainText('incorrect');
    await expect(page.getByText(/le mot de passe d’avant ne vaut plus depuis/)).toBeVisible();
    await page.getByRole('button', { name: 'Débloquer' }).first().click();
    await page.getByRole('dialog').getByRole('button', { name: 'Débloquer' }).click();
    await expect(page.getByText('Un lien pour choisir un autre mot de passe part à')).toBeVisible();
  });

  test('is warned that a colleague edited the same account, and overwrites nothing', async ({
    page,
    demo,
    somebody,
    anotherBrowser,
  }) => {
    const theirs = await anotherBrowser();
    await editOf(theirs, demo.nadia, somebody);
    await editOf(page, demo.nadia, somebody);
    await theirs.getByLabel('Nom affiché').fill('Claire Grand');
    await theirs.getByRole('button', { name: 'Enregistrer' }).click();
    await expect(theirs.getByText('Les modifications sont enregistrées.')).toBeVisible();

    await page.getByLabel('Nom affiché').fill('Claire Petit');
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    const conflict = page.getByRole('alert');
    await expect(conflict).toContainText('Quelqu’un d’autre a modifié ce compte');
    await expect(conflict).toContainText('Claire Grand');
    await expect(conflict).toBeFocused();
    await expect(page.getByLabel('Nom affiché')).toHaveValue('Claire Petit');
    await holdsInBothLanguages(page);
    await page.getByRole('button', { name: 'Enregistrer quand même' }).click();
    await expect(heading(page, 'Claire Petit')).toBeVisible();
  });

  test('gives a code before an act when the last one is old', async ({ page, demo, somebody, later }) => {
    await openAccount(page, demo.nadia, somebody);
    await later(6 * MINUTE);
    await page.getByRole('button', { name: 'Supprimer son téléphone' }).click();
    await page.getByLabel('Motif (facultatif)').fill('Téléphone perdu');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Supprimer' }).click();
    const code = page.getByRole('dialog').getByRole('textbox', { name: 'Code' });
    await expect(code).toBeFocused();
    await code.fill(await demo.nadia.codeByMail());
    await page.getByRole('button', { name: 'Valider' }).click();
    await expect(page.getByText(/^Le numéro est supprimé\./)).toBeVisible();
  });

  test('opens emergency access with a reason, seen in red, and closes it', async ({
    page,
    demo,
    somebody,
  }) => {
    await openAccount(page, demo.nadia, somebody);
    await page.setViewportSize(LAPTOP);
    await page.getByRole('button', { name: 'Ouvrir un accès de secours' }).click();
    await page.getByRole('button', { name: 'Ouvrir l’accès' }).click();
    await expect(page.getByLabel('Motif')).toBeFocused();
    await page.getByLabel('Motif').fill('Panne des SMS');
    await page.getByRole('button', { name: 'Ouvrir l’accès' }).click();
    await expect(page.getByText('Un accès de secours est ouvert')).toBeVisible();
    await answersInSight(page, 'L’accès de secours est ouvert');
    await page.getByRole('button', { name: 'Fermer l’accès de secours' }).click();
    await page.getByRole('button', { name: 'Fermer l’accès', exact: true }).click();
    await answersInSight(page, 'L’accès de secours est fermé.');
  });

  test('is fully usable by keyboard', async ({ page, demo }) => {
    await openSignedIn(page, demo.nadia, '/');
    // The page comes in parts, the last of which takes the focus.
    await expect(page.getByRole('combobox', { name: 'Qui n’arrive pas à entrer ?' })).toBeFocused();
    await page.getByRole('link', { name: 'Comptes' }).focus();
    await page.keyboard.press('Enter');
    await expect(heading(page, 'Comptes')).toBeFocused();
    await page.getByLabel('Chercher une personne').focus();
    await page.keyboard.type('claire.martin');
    await expect(page.getByText('1 compte.')).toBeVisible();
    await page.getByRole('link', { name: 'Claire Martin' }).focus();
    await page.keyboard.press('Enter');
    await expect(heading(page, 'Claire Martin')).toBeFocused();
    const button = page.getByRole('button', { name: 'Détacher la carte' });
    await button.focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('alertdialog')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(button).toBeFocused();
  });
});

test.describe('« Administration »', () => {
  test('is a sheet from below on a telephone, which the keyboard opens, leaves and goes on from', async ({
    page,
    demo,
  }) => {
    await page.setViewportSize(NARROW);
    await openSignedIn(page, demo.nadia, LIST);
    await expect(heading(page, 'Comptes')).toBeVisible();
    const menu = page.getByRole('button', { name: 'Menu' });
    await menu.press('Enter');
    const sheet = page.getByRole('dialog', { name: 'Administration' });
    await expect(sheet.getByRole('link', { name: 'Comptes' })).toHaveAttribute('aria-current', 'page');
    await holdsAsDialog(page);
    await page.keyboard.press('Escape');
    await expect(menu).toBeFocused();
    await menu.press('Enter');
    await sheet.getByRole('link', { name: 'Journal' }).press('Enter');
    await expect(heading(page, 'Journal')).toBeFocused();
    await expect(sheet).toHaveCount(0);
    for (const size of [NARROW, { width: 683, height: 320 }]) {
      await page.setViewportSize(size);
      await fits(page);
      expect((await page.getByRole('banner').boundingBox())!.height).toBe(56);
    }
  });

  test('is neither offered nor opened to users who do not administer', async ({ page, somebody }) => {
    await openSignedIn(page, somebody, LIST);
    await expect(heading(page, 'Page réservée aux administrateurs')).toBeVisible();
    await page.getByRole('button', { name: 'Administration' }).click();
    await expect(page.getByRole('link', { name: 'Comptes' })).toBeHidden();
    await holdsInBothLanguages(page);
  });

  test('sends an administrator of a structure to a national one for a page of the service', async ({
    page,
    demo,
  }) => {
    await openSignedIn(page, demo.nadia, '/administration/etat');
    await expect(heading(page, 'Page réservée aux administrateurs nationaux')).toBeVisible();
    await expect(page.getByText('adressez‑vous à un administrateur national du service')).toBeVisible();
    await expect(page.getByText('administrateur de votre structure')).toHaveCount(0);
    await holdsInBothLanguages(page);
  });

  test('holds on every page and in every dialog', async ({ page, demo, server }) => {
    test.slow();
    const person = newPerson(server);
    await signInByApi(page, demo.nadia);
    for (const [path, title] of [
      [LIST, 'Comptes'],
      [`${LIST}/nouveau`, 'Inviter une personne'],
      [`${LIST}/nouveau/plusieurs`, 'Inviter plusieurs personnes'],
      ['/administration/import', 'Importer des comptes'],
      ['/administration/structures', 'Structures'],
    ] as const) {
      await page.goto(path);
      await expect(heading(page, title)).toBeVisible();
      await holdsInBothLanguages(page);
    }
    await page.getByRole('link', { name: 'Hôpital des Trois Dames' }).click();
    await expect(heading(page, 'Hôpital des Trois Dames')).toBeVisible();
    await holdsInBothLanguages(page);
    await openAccount(page, demo.nadia, person);
    await holdsInBothLanguages(page);
    for (const act of ['Rattacher une carte', 'Ouvrir un accès de secours', 'Désactiver le compte']) {
      await page.getByRole('button', { name: act }).click();
      await expect(page.getByLabel(/^Motif/)).toBeVisible();
      await holdsAsDialog(page);
      await page.keyboard.press('Escape');
    }
  });
});

async function openAccount(page: Page, administrator: Person, person: Person): Promise<void> {
  await openSignedIn(page, administrator, LIST);
  // People of the tests are written straight into the table: the list knows them, the search does not.
  await page.getByRole('link', { name: person.name }).click();
  await expect(heading(page, person.name)).toBeVisible();
}

async function editOf(page: Page, administrator: Person, person: Person): Promise<void> {
  await openAccount(page, administrator, person);
  await page.getByRole('link', { name: 'Modifier' }).click();
  await expect(page.getByLabel('Nom affiché')).toHaveValue(person.name);
}
