import { expect, heading, MINUTE, openSignedIn, type Page, signInByApi, test } from './harness/test';

const MOST_STEPS = 60;

test.describe('the keyboard', () => {
  test('is seen wherever it goes, in light and dark', async ({ page, somebody }) => {
    test.slow();
    await signInByApi(page, somebody);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      for (const path of ['/', '/mon-compte', '/mon-compte/mot-de-passe', '/mon-compte/connexions']) {
        await page.goto(path);
        await expect(page.getByRole('main').locator('h2, dl, form').first()).toBeVisible();
        expect(await walk(page), path).toEqual([]);
      }
    }
  });

  test('is seen on the sign-in page and in its dialogs', async ({ page, somebody, anotherBrowser }) => {
    const elsewhere = await anotherBrowser();
    await elsewhere.goto('/connexion');
    await expect(elsewhere.getByLabel('Mot de passe', { exact: true })).toBeVisible();
    expect(await walk(elsewhere)).toEqual([]);

    await openSignedIn(page, somebody, '/mon-compte');
    await page.getByLabel('Téléphone portable').fill(somebody.mobileAsTyped);
    await page.getByRole('button', { name: 'Vérifier' }).click();
    await expect(page.getByRole('dialog').getByRole('textbox', { name: 'Code' })).toBeFocused();
    expect(await walk(page)).toEqual([]);
  });

  test('finds the heading of each page that opens, and its title', async ({ page, demo }) => {
    await openSignedIn(page, demo.nadia, '/');
    for (const [link, title] of [
      ['Mon compte', 'Mon compte'],
      ['Mot de passe', 'Changer le mot de passe'],
      ['Connexions et navigateurs', 'Connexions et navigateurs'],
      ['Activité récente', 'Activité récente'],
      ['Accessibilité : non conforme', 'Accessibilité : non conforme'],
      ['Mentions légales', 'Mentions légales'],
      ['Données personnelles', 'Données personnelles'],
    ] as const) {
      await page.getByRole('link', { name: link }).last().click();
      await expect(heading(page, title)).toBeFocused();
      await expect(page).toHaveTitle(`${title} — Portillon`);
    }
    await page.goBack();
    await expect(heading(page, 'Mentions légales')).toBeFocused();
    await page.getByRole('link', { name: 'Portillon, accueil' }).click();
    await expect(heading(page, 'Bonjour Nadia Benali')).toBeFocused();
  });

  test('comes back where it was when a dialog closes', async ({ page, somebody, later }) => {
    await openSignedIn(page, somebody, '/mon-compte/mot-de-passe');
    const field = page.getByLabel('Nouveau mot de passe');
    await field.focus();
    await later(28.5 * MINUTE);
    await expect(page.getByRole('button', { name: 'Rester connecté' })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('alertdialog')).toBeHidden();
    await expect(field).toBeFocused();
  });
});

test('with reduced motion nothing turns', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/connexion');
  await page.route('**/api/sign-in/password', () => undefined);
  await page.getByLabel('Identifiant', { exact: true }).fill('claire.martin');
  await page.getByLabel('Mot de passe', { exact: true }).fill('whatever');
  await page.getByRole('button', { name: 'Se connecter' }).click();
  await expect(page.locator('button[aria-disabled=true] svg')).toBeVisible();
  const longest = await page.evaluate(() =>
    Math.max(0, ...document.getAnimations().map(({ effect }) => Number(effect?.getComputedTiming().endTime))),
  );
  // Milliseconds: over before it is seen.
  expect(longest).toBeLessThan(1);
});

/** Tabs through the page once; what had the focus without showing it, or out of sight, one line a thing. */
async function walk(page: Page): Promise<string[]> {
  const unseen: string[] = [];
  await page.evaluate(() => delete (window as Walked).firstStop);
  for (let step = 0; step < MOST_STEPS; step++) {
    await page.keyboard.press('Tab');
    const { place, seen, again } = await page.evaluate(focusShown);
    if (again) return unseen;
    if (!seen) unseen.push(place);
  }
  return [...unseen, 'the keyboard never comes round again'];
}

/** Where a walk began. The element itself: what comes to the page meanwhile changes what it says, and its place. */
type Walked = Window & { firstStop?: Element };

/** Runs in the page. */
function focusShown(): { place: string; seen: boolean; again: boolean } {
  const element = document.activeElement as HTMLElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  const { top, bottom, left, right } = element.getBoundingClientRect();
  const inSight = bottom > 0 && top < innerHeight && right > 0 && left < innerWidth;
  const walked = window as Walked;
  const again = walked.firstStop === element;
  walked.firstStop ??= element;
  return {
    again,
    place: element.outerHTML.slice(0, 120),
    seen: element === document.body || (inSight && outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2),
  };
}
