import {
  holdsInBothLanguages,
  holdsInForcedColours,
  LAPTOP,
  layoutShift,
  wholeInView,
} from '../harness/accessibility';
import type { Person } from '../harness/people';
import { expect, heading, HOUR, MINUTE, openSignedIn, type Page, signInByApi, test } from '../harness/test';

/** Longer than an invitation is good. */
const LATE = 8 * 24 * HOUR;
const TEST_LINK = /https?:\/\/\S+\/demarrage\?essai=\S+/;

test.describe('« État du service »', () => {
  test('shows a national administrator whether messages leave, and does not move', async ({ page, demo }) => {
    await page.setViewportSize(LAPTOP);
    await openSignedIn(page, demo.national, '/');
    await page.getByRole('link', { name: 'Service', exact: true }).click();
    await expect(heading(page, 'État du service')).toBeFocused();
    const mail = page.getByRole('row', { name: /^E‑mail/ });
    await expect(mail).toContainText(/Dernier e‑mail parti à\s\d\d:\d\d, en \d+,\d\ss, par demo-mailbox\./);
    await page.reload();
    // Not of all: other tests move the clock of this server, and its journal waits for a seal then.
    await expect(mail).toContainText('Normal');
    expect(await layoutShift(page)).toBeLessThanOrEqual(0.02);
    await holdsInBothLanguages(page);
    await holdsInForcedColours(page);
  });

  test('leads to the verdict on the statements that may be signed', async ({ page, demo }) => {
    await page.setViewportSize(LAPTOP);
    await openSignedIn(page, demo.national, '/administration/etat');
    await page.getByRole('link', { name: 'Conformité' }).click();
    await expect(heading(page, 'Ce qui peut être signé')).toBeFocused();
    await expect(page.getByText('Ne peut pas être signé en l’état.')).toBeVisible();
    await expect(
      page.getByText(/^Le relevé\s: \d+\spoints? à faire d’abord, \d+\sréserves?, .+\.$/),
    ).toBeVisible();
    await holdsInBothLanguages(page);
    await holdsInForcedColours(page);
  });

  test('is not for the administrator of a structure', async ({ page, demo }) => {
    await openSignedIn(page, demo.nadia, '/administration/etat');
    await expect(page.getByRole('row', { name: /^E‑mail/ })).toHaveCount(0);
    await expect(page.getByRole('link', { name: 'Service', exact: true })).toHaveCount(0);
  });
});

test.describe('« Démarrage »', () => {
  test('verifies a mail by its link, and shows the legal texts on every page', async ({
    page,
    demo,
    server,
  }) => {
    await page.setViewportSize(LAPTOP);
    await openSignedIn(page, demo.national, '/');
    await page.getByRole('link', { name: 'Continuer le démarrage' }).click();
    await expect(heading(page, 'Démarrage')).toBeFocused();
    await page
      .getByRole('listitem')
      .filter({ hasText: 'E‑mails' })
      .getByRole('button', { name: 'Envoyez‑moi un essai' })
      .click();
    await expect(page.getByText('ouvrez son lien dans l’heure')).toBeVisible();
    const mails = await server.everythingTo(demo.national.email);
    await page.goto(mails.map(({ text }) => TEST_LINK.exec(text)?.[0]).find(Boolean)!);
    await expect(page.getByText(/Votre e‑mail d’essai est arrivé/)).toBeVisible();
    expect(await layoutShift(page)).toBeLessThanOrEqual(0.02);
    await holdsInBothLanguages(page);

    await page.goto('/administration/mentions-legales');
    await page.getByLabel('Nom et forme juridique').fill('GCS Santé des Trois Dames');
    await page.getByLabel('État de conformité').selectOption('partial');
    await page.getByLabel('Date de l’audit').fill('2026-03-01');
    await page.getByLabel('Auteur de l’audit').fill('Cabinet Accès');
    await page.getByRole('button', { name: 'Publier' }).click();
    await expect(page.getByRole('link', { name: 'Accessibilité : partiellement conforme' })).toBeVisible();
    await expect(page.getByRole('status').filter({ hasText: 'sont publiées' })).toBeFocused();
    await holdsInBothLanguages(page);
    await page.getByLabel('État de conformité').selectOption('none');
    await page.getByRole('button', { name: 'Publier' }).click();
    await expect(page.getByRole('link', { name: 'Accessibilité : non conforme' })).toBeVisible();
    await page.goto('/mentions-legales');
    await expect(page.getByText('GCS Santé des Trois Dames')).toBeVisible();
  });
});

test.describe('home', () => {
  test('shows an administrator pending tasks with their action, and the last seven days', async ({
    page,
    demo,
    somebody,
    server,
  }) => {
    await signInByApi(page, somebody);
    expect((await page.request.post('/api/account/erasure-request')).ok()).toBe(true);
    await page.context().clearCookies();
    await signInByApi(page, demo.nadia);
    await invite(page, somebody.username);
    await server.advance(LATE);
    await page.context().clearCookies();
    await signInByApi(page, demo.nadia);
    await openEmergencyAccess(page, demo.claire);
    await page.setViewportSize(LAPTOP);

    const waiting = page.getByRole('region', { name: 'À traiter' });
    await page.goto('/');
    const field = page.getByRole('combobox', { name: 'Qui n’arrive pas à entrer ?' });
    await expect(field).toBeFocused();
    for (const act of [/^Effacer : /, /^Renvoyer : /])
      await expect(waiting.getByRole('button', { name: act }).first()).toBeVisible();
    const [tallest] = await waiting
      .locator('[data-waiting]')
      .evaluateAll((rows) => rows.map((row) => row.clientHeight).sort((one, other) => other - one));
    expect(tallest).toBeLessThanOrEqual(41);
    await waiting.getByRole('button', { name: `Fermer l’accès : ${demo.claire.name}` }).press('Enter');
    await page.getByRole('dialog').getByRole('button', { name: 'Fermer l’accès' }).press('Enter');
    const said = waiting.getByRole('status').filter({ hasText: 'L’accès de secours est fermé.' });
    await expect(said).toBeFocused();
    await expect(waiting.getByRole('link', { name: demo.claire.name })).toHaveCount(0);
    await field.fill('claire.martin');
    await expect(page.getByRole('option', { name: demo.claire.name })).toBeVisible();
    await field.press('ArrowDown');
    await field.press('Enter');
    await expect(heading(page, demo.claire.name)).toBeFocused();

    await server.advance(2 * MINUTE);
    const sparks = page.locator('[data-spark]');
    // Sign-ins are counted when the journal is sealed.
    await expect(async () => {
      await page.goto('/');
      await expect(sparks.first()).toContainText(/^connexions[1-9]/, { timeout: 1_000 });
    }).toPass();
    await expect(sparks).toHaveCount(4);
    expect(await wholeInView(sparks)).toBe(4);
    expect(await wholeInView(waiting)).toBe(1);
    await holdsInBothLanguages(page);
    await holdsInForcedColours(page);
    await page.getByRole('button', { name: 'English', exact: true }).click();
    await expect(page.getByRole('region', { name: 'To do' })).toBeVisible();
    expect(await wholeInView(sparks)).toBe(4);

    await page.context().clearCookies();
    await signInByApi(page, somebody);
    expect((await page.request.delete('/api/account/erasure-request')).ok()).toBe(true);
  });

  test('shows and requests none of it for users who do not administer', async ({ page, somebody }) => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await openSignedIn(page, somebody, '/');
    await expect(page.getByText('Sur un poste partagé')).toBeVisible();
    await expect(page.getByRole('region', { name: 'À traiter' })).toHaveCount(0);
    expect(asked.filter((path) => path.startsWith('/api/admin'))).toEqual([]);
  });
});

test.describe('home without the figures', () => {
  test.use({ expected: /net::ERR_FAILED/ });

  test('says so, keeps the rest, and tries again', async ({ page, demo }) => {
    await page.route('**/api/admin/reports/sign-ins*', (route) => route.abort());
    await openSignedIn(page, demo.nadia, '/');
    const problem = page.getByRole('alert');
    await expect(problem).toContainText('Le service ne répond pas.');
    await expect(page.getByText(/^Session jusqu’au|· Session jusqu’au/)).toBeVisible();
    await page.unroute('**/api/admin/reports/sign-ins*');
    await problem.getByRole('button', { name: 'Réessayer' }).click();
    await expect(page.getByRole('region', { name: 'À traiter' })).toBeVisible();
    await expect(problem).toHaveCount(0);
  });
});

async function invite(page: Page, mark: string): Promise<void> {
  const username = `late.${mark}`;
  const data = { username, displayName: `Late ${mark}`, email: `${username}@hopital.example` };
  expect((await page.request.post('/api/admin/accounts', { data })).status()).toBe(201);
}

async function openEmergencyAccess(page: Page, { username }: Person): Promise<void> {
  const found = await page.request.get(`/api/admin/accounts?q=${username}`);
  const { items } = (await found.json()) as { items: { id: string }[] };
  const data = { means: 'password', hours: 8, reason: 'Carte perdue' };
  const answer = await page.request.post(`/api/admin/accounts/${items[0]!.id}/emergency-access`, { data });
  expect(answer.ok()).toBe(true);
}
