import { fitsInBothLanguages, holdsInBothLanguages } from '../harness/accessibility';
import { PASSWORD, Person } from '../harness/people';
import {
  arrived,
  expect,
  giveMailedCode,
  givePassword,
  heading,
  type Page,
  signInByApi,
  test,
} from '../harness/test';

const NEW = 'Une-Autre-Gare-Au-Soleil-31';

test.describe('a forgotten password', () => {
  test('is replaced by a link, and the next sign-in wants a code', async ({
    page,
    somebody,
    anotherBrowser,
  }) => {
    const elsewhere = await anotherBrowser();
    await signInByApi(elsewhere, somebody);
    await elsewhere.goto('/mon-compte');

    await page.goto('/connexion');
    await page.getByRole('link', { name: 'Mot de passe ou identifiant oublié ?' }).click();
    await expect(heading(page, 'Mot de passe oublié')).toBeFocused();
    await askFor(page, somebody.username);
    await expect(page.getByText(`Si un compte correspond à ${somebody.username}`)).toBeVisible();

    await page.goto(await somebody.linkByMail('mot-de-passe'));
    await choose(page, NEW, 'Changer le mot de passe');
    await giveMailedCode(page, somebody);
    await arrived(page, somebody);
    await page.context().clearCookies();
    await givePassword(page, somebody);
    await expect(page.getByRole('alert')).toContainText('incorrect');

    await elsewhere.getByRole('link', { name: 'Sessions et activité' }).click();
    await expect(heading(elsewhere, 'Se connecter')).toBeVisible();
  });

  test(
    'is requested by the mail address too, with the same answer for an unknown one',
    { tag: '@firefox' },
    async ({ page, somebody }) => {
      const answers: string[] = [];
      for (const name of [somebody.email, 'nobody@nowhere.example']) {
        await page.goto('/mot-de-passe-oublie');
        await askFor(page, name);
        const answer = page.getByRole('status').filter({ hasText: 'Si un compte correspond' });
        answers.push((await answer.innerText()).replace(name, '…'));
      }
      expect(answers[0]).toBe(answers[1]);
      expect(await somebody.linkByMail('mot-de-passe')).toContain('/mot-de-passe#');
    },
  );

  test('wants a name first', { tag: '@firefox' }, async ({ page }) => {
    await page.goto('/mot-de-passe-oublie');
    await page.getByRole('button', { name: 'Recevoir un lien' }).click();
    await expect(page.getByLabel('Identifiant ou adresse e‑mail')).toBeFocused();
    await expect(page.getByText('Saisissez votre identifiant ou votre adresse e‑mail.')).toBeVisible();
  });
});

test.describe('« Ce n’était pas moi »', () => {
  test(
    'closes the account to an intruder, and its owner is back after one sign-in',
    { tag: '@firefox' },
    async ({ page, somebody, anotherBrowser }) => {
      const intruder = await anotherBrowser();
      await signInByApi(intruder, somebody);
      const data = { currentPassword: PASSWORD, newPassword: 'Une-Porte-Pour-Intrus-2026' };
      expect((await intruder.request.put('/api/account/password', { data })).ok()).toBe(true);
      await intruder.goto('/mon-compte');

      // Another mail reports the intruder's browser.
      await page.goto(await somebody.linkByMail('ce-n-etait-pas-moi', 'mot de passe a été changé'));
      await expect(heading(page, 'Ce n’était pas moi')).toBeVisible();
      await expect(page.getByText('Votre mot de passe a été changé')).toBeVisible();
      expect(page.url()).not.toContain('#');
      await holdsInBothLanguages(page);
      await fitsInBothLanguages(page);
      await page.getByRole('button', { name: 'Fermer l’accès à mon compte' }).click();
      await expect(page.getByRole('status')).toContainText('L’accès à votre compte est fermé.');
      await holdsInBothLanguages(page);
      await intruder.getByRole('link', { name: 'Applications' }).click();
      await expect(heading(intruder, 'Se connecter')).toBeVisible();

      await page.goto(await somebody.linkByMail('mot-de-passe'));
      await choose(page, NEW, 'Changer le mot de passe');
      await giveMailedCode(page, somebody);
      await arrived(page, somebody);
    },
  );
});

test.describe('the link of a mail', () => {
  test('leaves no secret: not in the address bar, the history, the storage, or a request', async ({
    page,
    somebody,
  }) => {
    await page.goto('/mot-de-passe-oublie');
    await askFor(page, somebody.username);
    const link = await somebody.linkByMail('mot-de-passe');
    const secret = new URL(link).hash.slice(1);
    const told: string[] = [];
    page.on('request', (request) => {
      if (request.postData()?.includes(secret)) told.push(new URL(request.url()).pathname);
      if (`${request.url()} ${request.headers()['referer'] ?? ''}`.includes(secret)) told.push('an address');
    });
    await page.goto(link);
    await expect(heading(page, 'Choisir un nouveau mot de passe')).toBeVisible();
    expect(page.url()).not.toContain('#');
    expect(
      await page.evaluate(() => JSON.stringify([history.state, { ...sessionStorage }, { ...localStorage }])),
    ).not.toContain(secret);
    await expect(page.getByText(somebody.username)).toBeVisible();
    await choose(page, NEW, 'Changer le mot de passe');
    await expect(heading(page, 'Saisir le code')).toBeVisible();
    // The bodies of the two requests that it is for, and nowhere else: not the sign-in that follows.
    expect(told).toEqual(['/api/password-resets/holder', '/api/password-resets/confirm']);
  });

  test('works once: opened again, it shows what to do before a password is typed', async ({
    page,
    somebody,
  }) => {
    await page.goto('/mot-de-passe-oublie');
    await askFor(page, somebody.username);
    const link = await somebody.linkByMail('mot-de-passe');
    await page.goto(link);
    await choose(page, NEW, 'Changer le mot de passe');
    await expect(heading(page, 'Saisir le code')).toBeVisible();
    await page.goto('/connexion');
    await page.goto(link);
    await expect(page.getByRole('alert')).toContainText('Ce lien n’est plus valable.');
    await holdsInBothLanguages(page);
    await page.getByRole('link', { name: 'Demander un autre lien' }).click();
    await expect(heading(page, 'Mot de passe oublié')).toBeVisible();
  });

  test('stays good when the password is too weak, which says why', async ({ page, somebody }) => {
    await page.goto('/mot-de-passe-oublie');
    await askFor(page, somebody.username);
    await page.goto(await somebody.linkByMail('mot-de-passe'));
    const strength = page.getByRole('status').filter({ hasText: 'Longueur' });
    await page.getByLabel('Nouveau mot de passe').fill('soleil');
    await expect(strength).toContainText('insuffisante');
    await choose(page, 'Portillon-2026!', 'Changer le mot de passe');
    await expect(page.getByRole('alert')).toContainText('un mot du nom du service');
    await holdsInBothLanguages(page);
    await choose(page, NEW, 'Changer le mot de passe');
    await expect(heading(page, 'Saisir le code')).toBeVisible();
  });

  test('opened over the page starts again; without one, the page shows where it comes from', async ({
    page,
    somebody,
  }) => {
    await page.goto('/mot-de-passe');
    await expect(page.getByText('Cette page s’ouvre depuis le lien reçu par e‑mail.')).toBeVisible();
    await fitsInBothLanguages(page);
    const asking = await page.context().newPage();
    await asking.goto('/mot-de-passe-oublie');
    await askFor(asking, somebody.username);
    await page.goto(await somebody.linkByMail('mot-de-passe'));
    await expect(page.getByLabel('Nouveau mot de passe')).toBeVisible();
    expect(page.url()).not.toContain('#');
  });
});

test('an invitation is accepted, and the first sign-in wants a code', async ({
  page,
  demo,
  server,
  anotherBrowser,
}) => {
  const administrator = await anotherBrowser();
  await signInByApi(administrator, demo.nadia);
  const guest = new Person(server, 'lea.nouvelle', 'lea.nouvelle@hopital.example', 'Léa Nouvelle', '');
  const { username, email, name: displayName } = guest;
  const answer = await administrator.request.post('/api/admin/accounts', {
    data: { username, email, displayName },
  });
  expect(answer.status()).toBe(201);

  await page.goto(await guest.linkByMail('invitation'));
  await expect(heading(page, 'Bienvenue dans Portillon')).toBeVisible();
  await expect(page.getByText('Un code vous est envoyé aussitôt par e‑mail')).toBeVisible();
  expect(page.url()).not.toContain('#');
  await holdsInBothLanguages(page);
  await choose(page, NEW, 'Activer mon compte');
  await giveMailedCode(page, guest);
  await arrived(page, guest);
});

test('all of it works by keyboard', async ({ page, somebody }) => {
  await page.goto('/connexion');
  await expect(page.getByLabel('Identifiant', { exact: true })).toBeFocused();
  await press(page, page.getByRole('link', { name: 'Mot de passe ou identifiant oublié ?' }));
  await expect(heading(page, 'Mot de passe oublié')).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.type(somebody.username);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status').filter({ hasText: 'Si un compte' })).toBeFocused();
  await holdsInBothLanguages(page);
  await page.goto(await somebody.linkByMail('mot-de-passe'));
  await expect(heading(page, 'Choisir un nouveau mot de passe')).toBeVisible();
  await holdsInBothLanguages(page);
  await page.getByLabel('Nouveau mot de passe').focus();
  await page.keyboard.type(NEW);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Code' })).toBeFocused();
});

async function askFor(page: Page, name: string): Promise<void> {
  await page.getByLabel('Identifiant ou adresse e‑mail').fill(name);
  await page.getByRole('button', { name: 'Recevoir un lien' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Si un compte correspond' })).toBeVisible();
}

async function choose(page: Page, password: string, button: string): Promise<void> {
  await page.getByLabel('Nouveau mot de passe').fill(password);
  await page.getByRole('button', { name: button }).click();
}

/** Tab by Tab to a thing, then Enter. */
async function press(page: Page, thing: ReturnType<Page['getByRole']>): Promise<void> {
  for (let turn = 0; turn < 20; turn++) {
    if (await thing.evaluate((element) => element === document.activeElement)) break;
    await page.keyboard.press('Tab');
  }
  await expect(thing).toBeFocused();
  await page.keyboard.press('Enter');
}
