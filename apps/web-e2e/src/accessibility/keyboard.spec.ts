import type { Locator } from '@playwright/test';
import { LAPTOP } from '../harness/accessibility';
import { newInvited } from '../harness/people';
import { expect, heading, MINUTE, openSignedIn, type Page, signInByApi, test } from '../harness/test';

const MOST_STEPS = 80;

test.describe('the keyboard', () => {
  test('is seen wherever it goes, in light and dark', async ({ page, somebody }) => {
    test.slow();
    await signInByApi(page, somebody);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      for (const [path, content] of [
        ['/', 'p a'],
        ['/mon-compte', 'h2'],
        ['/mon-compte/mot-de-passe', 'form'],
        ['/mon-compte/connexions', 'table'],
      ] as const) {
        await page.goto(path);
        await expect(page.getByRole('main').locator(content).first()).toBeVisible();
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

  test(
    'finds the heading of each page that opens, and its title',
    { tag: '@firefox' },
    async ({ page, demo }) => {
      await openSignedIn(page, demo.nadia, '/');
      for (const [link, title] of [
        ['Mon compte', 'Mon compte'],
        ['Changer le mot de passe', 'Changer le mot de passe'],
        ['Sessions et activité', 'Sessions et activité'],
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
      await expect(page.getByRole('combobox', { name: 'Qui n’arrive pas à entrer ?' })).toBeFocused();
    },
  );

  test('finds the heading of a page that one went to before the first was there', async ({ page, demo }) => {
    let come = () => undefined as void;
    const late = new Promise<void>((resolve) => (come = resolve));
    await page.route('**/HomePage-*.js', async (route) => {
      await late;
      await route.continue();
    });
    await openSignedIn(page, demo.nadia, '/');
    await page.getByRole('link', { name: 'Mon compte' }).click();
    await expect(heading(page, 'Mon compte')).toBeFocused();
    come();
    await expect(page).toHaveURL('/mon-compte');
  });

  test(
    'comes back where it was when a dialog closes',
    { tag: '@firefox' },
    async ({ page, somebody, later }) => {
      await openSignedIn(page, somebody, '/mon-compte/mot-de-passe');
      const field = page.getByLabel('Nouveau mot de passe');
      await field.focus();
      await later(28.5 * MINUTE);
      await expect(page.getByRole('button', { name: 'Rester connecté' })).toBeFocused();
      await page.keyboard.press('Escape');
      await expect(page.getByRole('alertdialog')).toBeHidden();
      await expect(field).toBeFocused();
    },
  );
});

test.describe('the keyboard alone', () => {
  test(
    'sorts accounts, chooses columns, saves a view, and does one act to several of them',
    { tag: '@firefox' },
    async ({ page, demo, server }) => {
      newInvited(server, 3, { roles: 'national-admin', national: '1' });
      await page.setViewportSize(LAPTOP);
      await signInByApi(page, demo.nadia);
      // The account keeps the columns that another test of this server chose.
      const data = { views: [], columns: [] };
      expect((await page.request.put('/api/account/lists/accounts', { data })).ok()).toBe(true);
      await page.goto('/administration/comptes');
      await expect(heading(page, 'Comptes')).toBeVisible();
      await tabTo(page, page.getByLabel('Accès'));
      await page.keyboard.type('Inv');
      await expect(page).toHaveURL(/status=INVITED/);
      await expect(page.locator('tbody tr')).toHaveCount(3);

      const columns = page.getByRole('button', { name: 'Colonnes' });
      const created = page.getByRole('columnheader', { name: 'Créé le' });
      await tabTo(page, columns);
      await page.keyboard.press('Enter');
      await tabTo(page, page.getByLabel('Créé le'));
      await page.keyboard.press('Space');
      await expect(created).toBeVisible();
      await page.keyboard.press('Escape');
      await expect(columns).toBeFocused();
      await tabTo(page, created.getByRole('button'));
      await page.keyboard.press('Enter');
      await expect(created).toHaveAttribute('aria-sort', 'descending');
      await expect(created.getByRole('button')).toBeFocused();

      const views = page.getByRole('button', { name: 'Vues' });
      await back(page, views);
      await page.keyboard.press('Enter');
      await tabTo(page, page.getByLabel('Nom de cette vue'));
      await page.keyboard.type('Invités');
      await page.keyboard.press('Enter');
      await tabTo(page, page.getByRole('button', { name: /Invités/ }));
      await page.keyboard.press('Enter');
      await expect(page.getByRole('link', { name: 'Invités' })).toHaveCount(0);
      await expect(page.getByRole('link', { name: 'Inconnus de l’Annuaire Santé' })).toBeFocused();
      await page.keyboard.press('Escape');
      await expect(views).toBeFocused();

      await tabTo(page, page.getByLabel('Choisir tous les comptes affichés'));
      await page.keyboard.press('Space');
      const bar = page.getByRole('region', { name: 'Actions sur les comptes choisis' });
      await tabTo(page, bar.getByRole('button', { name: 'Désactiver (3)' }));
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('alertdialog');
      await expect(dialog).toBeVisible();
      await page.keyboard.press('Escape');
      await expect(bar.getByRole('button', { name: 'Désactiver (3)' })).toBeFocused();
      await page.keyboard.press('Enter');
      await tabTo(page, dialog.getByLabel('Motif'));
      await page.keyboard.type('Fin de contrat');
      await tabTo(page, dialog.getByRole('button', { name: 'Désactiver' }));
      await page.keyboard.press('Enter');
      await expect(bar).toContainText('Fait pour 2 comptes.');
      await expect(bar).toBeFocused();
      await tabTo(page, bar.getByRole('link', { name: 'Zoe 003' }));
      await tabTo(page, bar.getByRole('button', { name: 'Fermer' }));
      await page.keyboard.press('Enter');
      await expect(bar).toHaveCount(0);
      await expect(page.getByLabel('Choisir tous les comptes affichés')).toBeFocused();
    },
  );

  test(
    'invites two people line by line, as in a spreadsheet',
    { tag: '@firefox' },
    async ({ page, demo }) => {
      await page.setViewportSize(LAPTOP);
      await openSignedIn(page, demo.nadia, '/administration/comptes/nouveau');
      await expect(heading(page, 'Inviter une personne')).toBeVisible();
      await tabTo(page, page.getByRole('link', { name: 'Plusieurs personnes' }));
      await page.keyboard.press('Enter');
      await expect(heading(page, 'Inviter plusieurs personnes')).toBeFocused();
      const cell = (name: string) => page.getByLabel(name, { exact: true });
      await tabTo(page, cell('Nom, ligne 1'));
      await page.keyboard.type('Clavier');
      await page.keyboard.press('Enter');
      await expect(cell('Nom, ligne 2')).toBeFocused();
      await page.keyboard.type('Souris');
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('Tab');
      await page.keyboard.type('Zoé');
      await expect(cell('Adresse e‑mail, ligne 1')).toHaveValue('zoe.clavier@hopital.example');
      await tabTo(page, page.getByRole('button', { name: 'Envoyer 2 invitations' }));
      await page.keyboard.press('Enter');
      await expect(page.getByText('1 invitation envoyée.')).toBeVisible();
      await expect(cell('Prénom, ligne 2')).toBeFocused();
      await page.keyboard.type('Hugo');
      await tabTo(page, page.getByRole('button', { name: 'Envoyer 1 invitation' }));
      await page.keyboard.press('Enter');
      await expect(page.getByText('2 invitations envoyées.')).toBeVisible();
    },
  );

  test('filters the journal by person and dates, opens a line, and comes back to it', async ({
    page,
    demo,
  }) => {
    await page.setViewportSize(LAPTOP);
    await openSignedIn(page, demo.nadia, '/administration/journal');
    const lines = page.locator('[data-line]');
    await expect(lines.first()).toBeVisible();
    await page.keyboard.press('/');
    await page.keyboard.type(demo.nadia.username);
    await expect(page.getByRole('option', { name: demo.nadia.name })).toBeVisible();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const chip = page.getByRole('button', { name: `Ne plus filtrer par ${demo.nadia.name}` });
    await expect(chip).toBeVisible();

    await tabTo(page, page.getByLabel('Période'));
    await page.keyboard.type('Entre');
    await tabTo(page, page.getByLabel('Du', { exact: true }));
    await page.keyboard.type('01012020');
    await tabTo(page, page.getByLabel('Au (inclus)'));
    await page.keyboard.type('02022020');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('button', { name: '01/01 – 02/02/2020' })).toBeFocused();
    await tabTo(page, chip);
    await expect(page).toHaveURL(/from=2020-01-01&to=2020-02-02/);
    await expect(page.getByText('Aucune ligne ne correspond à ces filtres.')).toBeVisible();
    await tabTo(page, page.getByRole('button', { name: 'Tout afficher' }));
    await page.keyboard.press('Enter');
    await expect(page.getByLabel('Personne', { exact: true })).toBeFocused();

    const line = lines.first().getByRole('button');
    await tabTo(page, line);
    await page.keyboard.press('Enter');
    const drawer = page.getByRole('complementary', { name: 'Ligne du journal' });
    await expect(drawer.getByRole('heading', { level: 2 })).toBeFocused();
    await page.emulateMedia({ forcedColors: 'active' });
    await expect(lines.first()).toHaveCSS('outline-style', 'solid');
    await page.emulateMedia({ forcedColors: 'none' });
    await tabTo(page, drawer.getByRole('button', { name: 'Fermer' }));
    await page.keyboard.press('Enter');
    await expect(line).toBeFocused();
  });
});

test('with reduced motion, no animation runs', async ({ page }) => {
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

/** By Tab alone, and seen where it arrives. */
async function tabTo(page: Page, target: Locator, key = 'Tab'): Promise<void> {
  await expect(target).toBeVisible();
  for (let step = 0; step < MOST_STEPS; step++) {
    await page.keyboard.press(key);
    if (!(await target.evaluate((element) => element === document.activeElement))) continue;
    expect(await page.evaluate(focusShown)).toMatchObject({ seen: true });
    return;
  }
  throw new Error(`The keyboard does not come to ${String(target)}`);
}

const back = (page: Page, target: Locator) => tabTo(page, target, 'Shift+Tab');

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
