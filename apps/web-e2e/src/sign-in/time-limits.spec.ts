import { fits, isWholeOnLaptop, LAPTOP, NARROW } from '../harness/accessibility';
import { PASSWORD, type Person, shareWorkstations } from '../harness/people';
import {
  arrived,
  expect,
  giveCode,
  giveMailedCode,
  givePassword,
  heading,
  HOUR,
  MINUTE,
  openSignedIn,
  type Page,
  signInByApi,
  test,
} from '../harness/test';

test.describe('an unused session', () => {
  test('warns two minutes before it ends, and continues on request', async ({ page, demo, later }) => {
    await openSignedIn(page, demo.nadia, '/mon-compte/activite');
    await expect(heading(page, 'Sessions et activité')).toBeVisible();
    await later(27 * MINUTE);
    await expect(warning(page)).toBeHidden();
    await later(1.5 * MINUTE);
    await expect(warning(page)).toContainText('Sans activité de votre part');
    await expect(warning(page)).toContainText(/\d+\ssecondes/);
    // Who passes by reads nothing of the page behind; the row of tabs says it too.
    expect(await colourInCorner(page)).toMatch(/^rgb\(\d+, \d+, \d+\)$/);
    await expect(page).toHaveTitle(/^\d+\ssecondes avant la fin — Sessions et activité — Portillon$/);
    const stay = warning(page).getByRole('button', { name: 'Rester connecté' });
    await expect(stay).toBeFocused();
    await stay.press('Enter');
    await expect(warning(page)).toBeHidden();
    await later(25 * MINUTE);
    await page.getByRole('link', { name: 'Mes données' }).click();
    await expect(heading(page, 'Mes données')).toBeVisible();
  });

  test('is left to the next user, who begins at the sign-in and not on the previous page', async ({
    page,
    demo,
    somebody,
    later,
  }) => {
    await openSignedIn(page, demo.nadia, '/mon-compte/activite');
    await expect(heading(page, 'Sessions et activité')).toBeVisible();
    await later(28.5 * MINUTE);
    await warning(page).getByRole('button', { name: 'Changer de personne' }).click();
    await expect(heading(page, 'Se connecter')).toBeVisible();
    await expect(page.getByText('Vous pouvez laisser ce poste')).toBeHidden();
    await givePassword(page, somebody);
    await giveMailedCode(page, somebody);
    await arrived(page, somebody);
  });

  test('is left by a button of the header where computers are shared, at 400 % too', async ({
    page,
    server,
    somebody,
  }) => {
    shareWorkstations(server, somebody);
    await openSignedIn(page, somebody, '/mon-compte');
    await page.setViewportSize(NARROW);
    const next = page.getByRole('banner').getByRole('button', { name: 'Changer de personne' });
    await expect(next).toBeVisible();
    await fits(page);
    await next.click();
    await expect(heading(page, 'Se connecter')).toBeVisible();
  });

  test('ends, hides what was private, and brings back to the same page', async ({ page, demo, later }) => {
    await openSignedIn(page, demo.nadia, '/mon-compte/activite');
    await expect(heading(page, 'Sessions et activité')).toBeVisible();
    await later(31 * MINUTE);
    await expect(heading(page, 'Se connecter')).toBeVisible();
    await expect(page.getByText('Votre session est terminée, après un temps sans activité')).toBeVisible();
    await expect(page.getByText('Nadia Benali')).toBeHidden();
    await givePassword(page, demo.nadia);
    await expect(heading(page, 'Sessions et activité')).toBeVisible();
  });

  test('is kept open by activity', async ({ page, demo, later }) => {
    await openSignedIn(page, demo.nadia, '/mon-compte/mot-de-passe');
    await expect(heading(page, 'Changer le mot de passe')).toBeVisible();
    for (let turn = 0; turn < 3; turn++) {
      await later(20 * MINUTE);
      const renewed = page.waitForResponse('**/api/session/renew');
      await page.getByLabel('Nouveau mot de passe').press('a');
      await renewed;
    }
    await expect(page.getByLabel('Nouveau mot de passe')).toHaveValue('aaa');
    await expect(warning(page)).toBeHidden();
  });

  test('says before its four hours are over that it cannot be longer', async ({ page, demo, later }) => {
    await openSignedIn(page, demo.nadia, '/mon-compte/activite');
    await expect(heading(page, 'Sessions et activité')).toBeVisible();
    for (let turn = 0; turn < 9; turn++) {
      await later(26 * MINUTE);
      await page.request.post('/api/session/renew');
    }
    await later(4.5 * MINUTE);
    const dialog = page.getByRole('alertdialog', { name: 'Votre session va se terminer' });
    await expect(dialog).toContainText('une session ne peut pas durer plus longtemps');
    await dialog.getByRole('button', { name: 'J’ai compris' }).click();
    await expect(dialog).toBeHidden();
    await later(2 * MINUTE);
    await expect(heading(page, 'Se connecter')).toBeVisible();
  });
});

test.describe('at the 24-hour limit, in the middle of work', () => {
  const typed = 'Une-Autre-Gare-Au-Soleil-31';

  test('a code is requested over the page, and no input is lost', async ({ page, somebody, later }) => {
    await openNearTheLimit(page, somebody, '/mon-compte/mot-de-passe', later);
    await page.getByLabel('Mot de passe actuel').fill('Orientation-Demo-2026');
    await page.getByLabel('Nouveau mot de passe').fill(typed);
    await later(2 * MINUTE);
    await page.getByRole('button', { name: 'Changer le mot de passe' }).click();

    const dialog = page.getByRole('dialog', { name: 'Un nouveau code est nécessaire' });
    await expect(dialog).toContainText('ce que vous avez saisi dans la page est gardé');
    await expect(page.getByLabel('Nouveau mot de passe')).toHaveValue(typed);
    await expect(dialog.getByRole('textbox', { name: 'Code' })).toBeFocused();
    await giveCode(dialog, await somebody.codeByMail());
    await expect(dialog).toBeHidden();
    await expect(page.getByText('Votre mot de passe est changé.')).toBeVisible();
  });

  test('a page that is opened waits for the code too', async ({ page, somebody, later }) => {
    await openNearTheLimit(page, somebody, '/', later);
    await later(2 * MINUTE);
    await page.goto('/mon-compte/activite');
    const dialog = page.getByRole('dialog', { name: 'Un nouveau code est nécessaire' });
    await expect(dialog.getByRole('textbox', { name: 'Code' })).toBeFocused();
    await giveCode(dialog, await somebody.codeByMail());
    await expect(heading(page, 'Sessions et activité')).toBeVisible();
  });

  test('a user who gives no code is signed out', async ({ page, somebody, later }) => {
    await openNearTheLimit(page, somebody, '/mon-compte', later);
    await later(2 * MINUTE);
    await page.getByRole('link', { name: 'Sessions et activité' }).click();
    const dialog = page.getByRole('dialog', { name: 'Un nouveau code est nécessaire' });
    await dialog.getByRole('button', { name: 'Se déconnecter' }).click();
    await expect(heading(page, 'Se connecter')).toBeVisible();
  });
});

test.describe('an act that touches the security of the account', () => {
  test('wants a code once the last one is 5 minutes old, and then is done', async ({
    page,
    somebody,
    later,
  }) => {
    await openSignedIn(page, somebody, '/mon-compte');
    await expect(heading(page, 'Mon compte')).toBeVisible();
    await later(6 * MINUTE);
    await page.getByLabel('Téléphone portable').fill(somebody.mobileAsTyped);
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    const dialog = page.getByRole('dialog', { name: 'Confirmez que c’est bien vous' });
    await expect(dialog.getByRole('textbox', { name: 'Code' })).toBeFocused();
    await giveCode(dialog, await somebody.codeByMail());
    const proof = page.getByRole('dialog', { name: 'Confirmer que c’est vous' });
    await proof.getByLabel('Mot de passe', { exact: true }).fill(PASSWORD);
    await proof.getByRole('button', { name: 'Continuer' }).click();
    await expect(page.getByText('Votre numéro est enregistré, mais il n’est pas validé.')).toBeVisible();
  });

  test('is not done when the user gives up, and the input stays', async ({ page, somebody, later }) => {
    await openSignedIn(page, somebody, '/mon-compte');
    await expect(heading(page, 'Mon compte')).toBeVisible();
    await later(6 * MINUTE);
    await page.getByLabel('Téléphone portable').fill(somebody.mobileAsTyped);
    await page.getByRole('button', { name: 'Vérifier' }).click();
    await page.setViewportSize(LAPTOP);
    const cancel = page.getByRole('dialog').getByRole('button', { name: 'Annuler' });
    await expect(page.getByRole('dialog').getByRole('textbox', { name: 'Code' })).toBeFocused();
    await isWholeOnLaptop(page, page.getByRole('dialog'));
    await cancel.click();
    await expect(page.getByRole('dialog')).toBeHidden();
    await expect(page.getByText('Rien n’a été changé')).toBeVisible();
    await expect(page.getByLabel('Téléphone portable')).toHaveValue(somebody.mobileAsTyped);
    const account = (await (await page.request.get('/api/account')).json()) as { phone: object };
    expect(account.phone).toMatchObject({ status: 'NONE' });
  });
});

/** What lies over the page in its corner: opaque where its colour has no fourth part. */
function colourInCorner(page: Page): Promise<string> {
  return page.evaluate(() => {
    const layers = document.elementsFromPoint(2, 2);
    const over = layers.find((layer) => getComputedStyle(layer).position === 'fixed');
    return over ? getComputedStyle(over).backgroundColor : 'none';
  });
}

function warning(page: Page) {
  return page.getByRole('alertdialog', { name: 'Êtes-vous toujours là ?' });
}

/** Signed in without a code, a minute before the one given in this browser is 24 hours old. */
async function openNearTheLimit(
  page: Page,
  person: Person,
  path: string,
  later: (milliseconds: number) => Promise<void>,
): Promise<void> {
  await signInByApi(page, person);
  await later(24 * HOUR - MINUTE);
  await openSignedIn(page, person, path);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  // What a page asks for later would want the code before the test does.
  await page.waitForLoadState('networkidle');
}
