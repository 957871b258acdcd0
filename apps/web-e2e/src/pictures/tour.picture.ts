import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { LAPTOP, NARROW } from '../harness/accessibility';
import { Orientation } from '../harness/orientation';
import { activateInvited, answerWave, giveSecondStructure, newUninvited } from '../harness/people';
import { Server, type Surroundings } from '../harness/server';
import {
  expect,
  giveMailedCode,
  givePassword,
  heading,
  HOUR,
  openSignedIn,
  openTab,
  type Page,
  signInByApi,
  test as base,
} from '../harness/test';
import { compress } from './shoot';

const FOLDER = join(__dirname, '../../../../docs/guide/tour');
const MOST_BYTES = 80_000;
/** How long before a rule holds its people are warned. */
const WARNED_MS = 60 * 24 * HOUR;
/** Invited by the administrator of the hospital, so that there are accounts to see. */
const COLLEAGUES = [
  'Amélie Roche',
  'Bastien Leroy',
  'Camille Nguyen',
  'David Fontaine',
  'Élise Marchand',
  'Farid Haddad',
  'Gaëlle Le Goff',
  'Hugo Perrin',
  'Inès Carpentier',
  'Julien Moreau',
];

/** A demo that has lived for months, with Pro Santé Connect and an application behind it. */
const test = base.extend<object, { server: Server }>({
  server: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the names from the pattern
    async ({}, use) => {
      const orientation = new Orientation();
      const server = await Server.open(lived(orientation));
      await use(server);
      await server.close();
      await orientation.stop();
    },
    { scope: 'worker' },
  ],
  // The application keeps the machine's time.
  apart: 0,
});

function lived(orientation: Orientation): Surroundings {
  return {
    scheme: orientation.scheme,
    origins: orientation.origins,
    ready: async (url, folder) => ({
      ...(await orientation.ready(url, folder)),
      DEMO_HISTORY_DAYS: '120',
      OPERATOR_NAME: 'GHT des Trois Dames',
    }),
  };
}

test.describe.configure({ mode: 'serial' });
test.slow();

test('a professional signs in', async ({ page, demo, context }) => {
  await page.setViewportSize(LAPTOP);
  await page.goto('/connexion');
  await expect(page.getByRole('link', { name: /Pro Santé Connect/ })).toBeVisible();
  await shoot(page, '01-connexion');
  await page.setViewportSize(NARROW);
  await givePassword(page, demo.claire);
  await expect(heading(page, 'Saisir le code')).toBeVisible();
  await demo.claire.codeByMail();
  await shoot(page, '02-code-telephone');
  const mailbox = await context.newPage();
  await mailbox.setViewportSize(LAPTOP);
  await mailbox.goto('/demo/mailbox?lang=fr');
  const frame = mailbox.frameLocator('iframe').first();
  await expect(frame.getByRole('heading', { level: 1 })).toBeVisible();
  await mailbox.locator('#list').evaluate((list) => list.scrollIntoView());
  await shoot(mailbox, '03-e-mail');
  await giveMailedCode(page, demo.claire);
  await expect(heading(page, 'Bonjour Claire Martin')).toBeVisible();
  await page.setViewportSize(LAPTOP);
  await expect(page.getByRole('link', { name: /Orientation/ })).toBeVisible();
  await shoot(page, '04-accueil');
  await page.goto('/mon-compte');
  await settled(page);
  await shoot(page, '05-mon-compte');
  await page.goto('/mon-compte/connexions');
  await page.setViewportSize(NARROW);
  await settled(page);
  await shoot(page, '06-mes-connexions-telephone');
});

test('an administrator of a structure looks after accounts', async ({ page, demo }) => {
  await page.setViewportSize(LAPTOP);
  await signInByApi(page, demo.nadia);
  for (const displayName of COLLEAGUES) await invite(page, displayName);
  await page.goto('/administration/comptes');
  await expect(page.getByRole('row')).toHaveCount(COLLEAGUES.length + 3);
  await shoot(page, '07-comptes');
  await page
    .getByRole('row', { name: /Claire Martin/ })
    .getByRole('link')
    .first()
    .click();
  await expect(heading(page, 'Claire Martin')).toBeVisible();
  await settled(page);
  await shoot(page, '08-une-personne');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('am');
  await expect(page.getByRole('option').filter({ hasText: 'Amélie Roche' })).toBeVisible();
  await shoot(page, '09-chercher-partout');
});

test('a national administrator answers for what happened', async ({ page, demo, server }) => {
  await page.setViewportSize(LAPTOP);
  await signInByApi(page, demo.claire);
  await page.context().clearCookies();
  await openSignedIn(page, demo.national, '/administration/journal');
  await expect(page.locator('[data-line]').nth(14)).toBeVisible();
  await shoot(page, '10-journal');
  await page.goto('/administration/journal?outcome=FAILURE');
  await page
    .locator('[data-line]')
    .filter({ hasText: 'Connexion refusée' })
    .first()
    .getByRole('button')
    .click();
  await expect(page.getByRole('complementary', { name: 'Ligne du journal' })).toContainText('Pourquoi');
  await settled(page);
  await shoot(page, '11-journal-pourquoi');
  await page.goto('/administration/statistiques?period=year');
  await expect(page.getByRole('img').first()).toBeVisible();
  await shoot(page, '12-statistiques');
  await page.setViewportSize(NARROW);
  await shoot(page, '13-statistiques-telephone');
  await page.setViewportSize({ width: 703, height: 960 });
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await shoot(page, '14-bilan-annuel-imprime');
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  await page.emulateMedia({ media: null });
  await page.setViewportSize(LAPTOP);
  activateInvited(server, 5);
  await page.goto('/administration/structures');
  await page.getByRole('link', { name: 'Hôpital des Trois Dames' }).click();
  await expect(heading(page, 'Hôpital des Trois Dames')).toBeVisible();
  const from = new Date(server.now + WARNED_MS).toISOString().slice(0, 10);
  await openTab(page, 'Connexion');
  await page.getByLabel('Moyens forts obligatoires à partir du').fill(from);
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  const effect = page.getByRole('alertdialog');
  await effect.getByText('Voir qui ne pourrait plus se connecter').click();
  await expect(effect.getByText('6 personnes sur 12')).toBeVisible();
  await expect(effect.getByRole('link', { name: COLLEAGUES[0] })).toBeVisible();
  await shoot(page, '15-regles');
  await page.goto('/administration/applications');
  await page.getByRole('link', { name: 'Orientation' }).first().click();
  await expect(heading(page, 'Orientation')).toBeVisible();
  await settled(page);
  await shoot(page, '16-application');
});

test('a doctor works for two structures', async ({ page, demo, server }) => {
  giveSecondStructure(server, demo.claire, 'Clinique de la Plage', 'Médecin vacataire');
  await page.setViewportSize(LAPTOP);
  await openSignedIn(page, demo.claire, '/');
  await expect(heading(page, 'Vous travaillez aujourd’hui pour…')).toBeVisible();
  await shoot(page, '17-etablissement');
  await page.context().clearCookies();
  await openSignedIn(page, demo.nadia, '/administration/comptes?q=claire');
  await page
    .getByRole('row', { name: /Claire Martin/ })
    .getByRole('link')
    .first()
    .click();
  const card = page.getByRole('heading', { name: 'Établissements', exact: true });
  await card.evaluate((title) => title.scrollIntoView());
  await settled(page);
  await shoot(page, '18-ses-etablissements');
});

test('a service invites in waves', async ({ page, demo, server }) => {
  newUninvited(server, 90, demo.claire);
  newUninvited(server, 60, demo.paul);
  await server.advance(untilMonday(server.now));
  await page.setViewportSize(LAPTOP);
  await signInByApi(page, demo.national);
  const day = (days: number) => new Date(server.now + days * 24 * HOUR).toISOString().slice(0, 10);
  const wave = { name: 'Établissements du Littoral', startsOn: day(0), until: day(45), perHour: 6_000 };
  expect((await page.request.post('/api/admin/invitation-waves', { data: wave })).status()).toBe(201);
  await page.goto('/administration/vagues');
  await page.getByRole('link', { name: wave.name }).click();
  await expect(heading(page, wave.name)).toBeVisible();
  await expect(async () => {
    await page.reload();
    const invited = page.getByRole('progressbar', { name: 'Invitées' });
    expect(Number(await invited.getAttribute('value', { timeout: 2_000 }))).toBeGreaterThan(100);
  }).toPass({ timeout: 90_000 });
  answerWave(server, 48, 4);
  await page.reload();
  await settled(page);
  await shoot(page, '19-vague');
});

/** Milliseconds to the next Monday at 9:00 UTC: invitations leave in working hours. */
function untilMonday(now: number): number {
  const monday = new Date(now);
  monday.setUTCDate(monday.getUTCDate() + ((8 - monday.getUTCDay()) % 7 || 7));
  return monday.setUTCHours(9, 0, 0, 0) - now;
}

async function invite(page: Page, displayName: string): Promise<void> {
  const username = displayName.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll(' ', '.');
  const data = { username, displayName, email: `${username}@hopital.example` };
  expect((await page.request.post('/api/admin/accounts', { data })).status()).toBe(201);
}

/** What the page asked for has come. */
async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
}

async function shoot(page: Page, name: string): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const path = join(FOLDER, `${name}.png`);
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
  compress(path);
  expect.soft(statSync(path).size, name).toBeLessThan(MOST_BYTES);
}
