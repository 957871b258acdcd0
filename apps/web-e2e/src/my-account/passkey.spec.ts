import { holds, holdsAsDialog, holdsInBothLanguages, isWholeOnLaptop } from '../harness/accessibility';
import { beThereOnceProposed, plugIn, testWithPasskeys as test } from '../harness/passkey';
import { wantStrongMeans, wrong } from '../harness/people';
import { Phone } from '../harness/phone';
import {
  arrived,
  expect,
  giveCode,
  givePassword,
  heading,
  HOUR,
  MINUTE,
  openSignedIn,
} from '../harness/test';

const SIGN_IN = 'Se connecter avec une clé d’accès';
const ADD = 'Ajouter une clé d’accès';

test.describe('a passkey', () => {
  test.use({ expected: /401|422/ });

  test('is added, signs in with no code, confirms an act, and is removed', async ({
    page,
    server,
    somebody,
    later,
  }) => {
    test.slow();
    const key = await plugIn(page);
    await openSignedIn(page, somebody, '/mon-compte');
    const section = page.getByRole('region', { name: 'Clés d’accès' });
    await expect(section.getByText('Vous n’avez pas encore de clé d’accès.')).toBeVisible();
    await section.getByRole('button', { name: ADD }).click();
    const dialog = page.getByRole('dialog', { name: ADD });
    await expect(dialog.getByLabel('Nom de la clé d’accès')).toBeFocused();
    await holdsAsDialog(page);
    // Given up at first: nothing has failed.
    await key.touch(true);
    await key.unlock(false);
    await page.keyboard.type('Clé de bureau');
    await page.keyboard.press('Enter');
    await expect(dialog.getByText('Rien n’a été ajouté.')).toBeVisible();
    await key.unlock(true);
    await page.keyboard.press('Enter');
    await expect(section.getByText('elle vous connecte désormais')).toBeVisible();
    await expect(section.getByText('Liée à cet appareil')).toBeVisible();
    await holdsInBothLanguages(page);

    // Signed in with password and code, and asked for the passkey before a sensitive act.
    await later(6 * MINUTE);
    const mails = (await server.messagesTo(somebody.email)).length;
    await section.getByRole('button', { name: 'Gérer la clé d’accès Clé de bureau' }).click();
    await holdsAsDialog(page);
    await page.getByLabel('Nom de la clé d’accès').fill('Clé de mon bureau');
    await page.getByRole('dialog').getByRole('button', { name: 'Renommer' }).click();
    await page.getByRole('button', { name: 'Confirmer avec une clé d’accès' }).click();
    await expect(section.getByText('Le nom est enregistré.')).toBeVisible();
    expect(await server.messagesTo(somebody.email)).toHaveLength(mails);

    await key.touch(false);
    await page.getByRole('button', { name: 'Se déconnecter' }).click();
    await expect(heading(page, 'Se connecter')).toBeVisible();
    await beThereOnceProposed(page, key);
    await page.getByRole('button', { name: SIGN_IN }).press('Enter');
    await arrived(page, somebody);
    const { session } = await (await page.request.get('/api/session')).json();
    expect(session).toMatchObject({ means: 'passkey', codeValidUntil: null });

    await page.goto('/mon-compte');
    await section.getByRole('button', { name: 'Gérer la clé d’accès Clé de mon bureau' }).click();
    await page.getByLabel('Nom de la clé d’accès').fill('Clé de l’accueil');
    await page.getByRole('dialog').getByRole('button', { name: 'Renommer' }).click();
    await expect(section.getByText('Le nom est enregistré.')).toBeVisible();

    await expect(section.getByText('Votre structure n’accepte pas cette clé')).toHaveCount(0);
    const stricter = {
      from: server.now + 60 * 24 * HOUR,
      totpIsStrong: false,
      passkeyIdentity: 'proven',
    } as const;
    wantStrongMeans(server, somebody, stricter);
    await page.goto('/mon-compte');
    await expect(section.getByText('Votre structure n’accepte pas cette clé')).toBeVisible();
    await holds(page);
    wantStrongMeans(server, somebody, { ...stricter, passkeyIdentity: 'any' });

    await later(6 * MINUTE);
    await section.getByRole('button', { name: 'Gérer la clé d’accès Clé de l’accueil' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Supprimer' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Supprimer' }).click();
    const stepUp = page.getByRole('dialog', { name: 'Confirmez que c’est bien vous' });
    await expect(stepUp.getByRole('button', { name: 'Confirmer par un code' })).toBeVisible();
    await holdsAsDialog(page);
    await stepUp.getByRole('button', { name: 'Confirmer avec une clé d’accès' }).click();
    await expect(section.getByText('La clé d’accès est supprimée.')).toBeVisible();

    await key.touch(false);
    await page.getByRole('button', { name: 'Se déconnecter' }).click();
    await beThereOnceProposed(page, key);
    await page.getByRole('button', { name: SIGN_IN }).click();
    await expect(page.getByRole('alert')).toContainText('Cette clé d’accès n’est plus reconnue');
    await key.touch(false);
    await holds(page);
  });

  test('is offered before the password, and requires it when only the code is fresh', async ({
    page,
    somebody,
    later,
  }) => {
    const key = await plugIn(page);
    await page.goto('/connexion');
    await expect(page.getByRole('button', { name: SIGN_IN })).toBeFocused();
    await holdsInBothLanguages(page);
    await openSignedIn(page, somebody, '/mon-compte');
    await key.touch(true);
    await later(6 * MINUTE);
    await page.getByRole('button', { name: ADD }).click();
    const dialog = page.getByRole('dialog', { name: ADD });
    await dialog.getByLabel('Nom de la clé d’accès').fill('Téléphone');
    await dialog.getByRole('button', { name: ADD }).click();
    await expect(page.getByRole('textbox', { name: 'Code' })).toBeVisible();
    await giveCode(page, await somebody.codeByMail());
    await expect(dialog.getByLabel('Mot de passe', { exact: true })).toBeFocused();
    await page.keyboard.type('not the password');
    await page.keyboard.press('Enter');
    await expect(dialog.getByText('Ce mot de passe n’est pas le bon.')).toBeVisible();
    await dialog.getByLabel('Mot de passe', { exact: true }).fill('Orientation-Demo-2026');
    await page.keyboard.press('Enter');
    await expect(page.getByText('elle vous connecte désormais')).toBeVisible();
  });
});

test.describe('an authenticator app', () => {
  test.use({ expected: /401|422/ });

  test('is added by keyboard, gives the codes with no message, and is removed', async ({
    page,
    server,
    somebody,
    anotherBrowser,
  }) => {
    test.skip(!Phone.available(), 'apt-get install oathtool zbar-tools');
    test.slow();
    const phone = new Phone(server);
    await openSignedIn(page, somebody, '/mon-compte');
    const section = page.getByRole('region', { name: 'Application d’authentification' });
    await section.getByRole('button', { name: 'Ajouter une application' }).press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Ajouter une application d’authentification' });
    await expect(dialog.getByLabel('Code affiché par l’application')).toBeFocused();
    await holdsAsDialog(page);
    await isWholeOnLaptop(page, dialog);
    const uri = await phone.scan(dialog.getByRole('img'));
    expect(uri).toContain(`:${somebody.username}?`);
    // What is typed by who cannot scan is the same.
    await expect(dialog.getByText(phone.secret.match(/.{4}/g)!.join(' '))).toBeVisible();
    await page.keyboard.type(wrong(phone.code()));
    await page.keyboard.press('Enter');
    await expect(dialog.getByRole('alert')).toContainText('Ce code n’est pas le bon');
    await dialog.getByLabel('Code affiché par l’application').fill(phone.code());
    await page.keyboard.press('Enter');
    await expect(section.getByText('Votre application donne désormais vos codes.')).toBeVisible();
    await holdsInBothLanguages(page);

    const mails = (await server.messagesTo(somebody.email)).length;
    const elsewhere = await anotherBrowser();
    await givePassword(elsewhere, somebody);
    await expect(elsewhere.getByLabel('Code de votre application')).toBeFocused();
    await holdsInBothLanguages(elsewhere);
    await elsewhere.getByLabel('Code de votre application').fill(phone.code(1));
    await elsewhere.keyboard.press('Enter');
    await arrived(elsewhere, somebody);
    expect(await server.messagesTo(somebody.email)).toHaveLength(mails);

    await server.advance(6 * MINUTE);
    await elsewhere.goto('/mon-compte');
    const there = elsewhere.getByRole('region', { name: 'Application d’authentification' });
    await there.getByRole('button', { name: /^J’ai perdu ce téléphone/ }).click();
    await holdsAsDialog(elsewhere);
    await elsewhere.getByRole('alertdialog').getByRole('button', { name: 'Remplacer' }).click();
    const stepUp = elsewhere.getByRole('dialog', { name: 'Confirmez que c’est bien vous' });
    await expect(stepUp.getByLabel('Code de votre application')).toBeFocused();
    await holdsAsDialog(elsewhere);
    await isWholeOnLaptop(elsewhere, stepUp);
    await stepUp.getByLabel('Code de votre application').fill(phone.code());
    await elsewhere.keyboard.press('Enter');
    // The lost one gives no more codes; another is added at once.
    await expect(
      elsewhere.getByRole('dialog', { name: 'Ajouter une application d’authentification' }),
    ).toBeVisible();
    await elsewhere.keyboard.press('Escape');
    await expect(there.getByText('L’application est supprimée')).toBeVisible();
  });
});
