import { type BrowserContext, expect, type Locator, type Page, test as base } from '@playwright/test';
import { demoPeople, keepOneStructure, newPerson, PASSWORD, type Person, speakFrench } from './people';
import { Server } from './server';
import { watch } from './watch';

export { expect };
export type { Page };

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

export interface Options {
  /** Console errors that the test causes itself. */
  expected: RegExp;
  /** How far apart the days of two tests are, in milliseconds. */
  apart: number;
}

interface Fixtures {
  complaints: string[];
  /** A person with an account that no other test uses. */
  somebody: Person;
  demo: ReturnType<typeof demoPeople>;
  /** Another browser, that was never here. */
  anotherBrowser: () => Promise<Page>;
  /** Makes time pass, for the server and for the page. */
  later: (milliseconds: number) => Promise<void>;
}

export const test = base.extend<Fixtures & Options, { server: Server }>({
  server: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the names from the pattern
    async ({}, use) => {
      const server = await Server.open();
      await use(server);
      await server.close();
    },
    { scope: 'worker' },
  ],
  expected: [/(?!)/, { option: true }],
  apart: [25 * HOUR, { option: true }],
  baseURL: ({ server }, use) => use(server.url),

  complaints: [
    async ({ server, expected, apart }, use) => {
      // Each test begins on another day, when no limit remembers the one before.
      await server.advance(apart);
      const complaints: string[] = [];
      await use(complaints);
      expect(complaints.filter((one) => !expected.test(one))).toEqual([]);
    },
    { auto: true },
  ],
  context: async ({ context, complaints, server }, use) => {
    watch(context, () => server.origins, complaints);
    await use(context);
  },
  anotherBrowser: async ({ browser, contextOptions, baseURL, complaints, server }, use) => {
    const opened: BrowserContext[] = [];
    await use(async () => {
      const context = await browser.newContext({ ...contextOptions, baseURL });
      opened.push(context);
      watch(context, () => server.origins, complaints);
      return context.newPage();
    });
    await Promise.all(opened.map((context) => context.close()));
  },
  somebody: ({ server }, use) => use(newPerson(server)),
  demo: ({ server }, use) => {
    speakFrench(server);
    keepOneStructure(server);
    return use(demoPeople(server));
  },
  later: async ({ page, server }, use) => {
    await page.clock.install();
    await use(async (milliseconds) => {
      await server.advance(milliseconds);
      // Not a jump over every timer between: a request under way would meet its limit of patience.
      await page.clock.setSystemTime((await page.evaluate(() => Date.now())) + milliseconds);
    });
  },
});

/** Types the user name and the password, as on the first page. */
export async function givePassword(page: Page, person: Person, password = PASSWORD): Promise<void> {
  if (new URL(page.url()).pathname !== '/connexion') await page.goto('/connexion');
  await page.getByLabel('Identifiant', { exact: true }).fill(person.username);
  await page.getByLabel('Mot de passe', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Se connecter', exact: true }).click();
}

/** On the page of the sign-in, or in a dialog over another page. */
export async function giveCode(within: Page | Locator, code: string): Promise<void> {
  await within.getByRole('textbox', { name: 'Code' }).fill(code);
  await within.getByRole('button', { name: 'Valider' }).click();
}

/** Once the page says that it was sent. */
export async function giveMailedCode(page: Page, person: Person): Promise<void> {
  await expect(heading(page, 'Saisir le code')).toBeVisible();
  await giveCode(page, await person.codeByMail());
}

/** The page says that a second message left. */
export async function sentAgain(page: Page): Promise<void> {
  await expect(page.getByText('Si vous avez plusieurs messages, prenez celui qui porte')).toBeVisible();
}

/** Through the pages, with the code that comes by mail. */
export async function signIn(page: Page, person: Person): Promise<void> {
  await givePassword(page, person);
  await giveMailedCode(page, person);
  await arrived(page, person);
}

export async function arrived(page: Page, person: Person): Promise<void> {
  await expect(heading(page, `Bonjour ${person.name}`)).toBeVisible();
}

/** Straight to a page, already signed in: for tests of what comes after. */
export async function openSignedIn(page: Page, person: Person, path: string): Promise<void> {
  await signInByApi(page, person);
  await page.goto(path);
}

/** The page of a person's structure, which another person administers. */
export async function openStructureOf(page: Page, person: Person, administrator: Person): Promise<void> {
  await signInByApi(page, person);
  const { structure } = (await (await page.request.get('/api/account')).json()) as {
    structure: { id: string; name: string };
  };
  await page.context().clearCookies();
  await openSignedIn(page, administrator, `/administration/structures/${structure.id}`);
  await expect(heading(page, structure.name)).toBeVisible();
}

/** A part of a structure's page. */
export async function openTab(page: Page, name: string): Promise<void> {
  await page.getByRole('tab', { name, exact: true }).click();
}

/** What the pages do at sign-in, without them. */
export async function signInByApi(page: Page, person: Person): Promise<void> {
  const { username } = person;
  const first = await page.request.post('/api/sign-in/password', { data: { username, password: PASSWORD } });
  const { status } = (await first.json()) as { status: string };
  if (status === 'code-required')
    await page.request.post('/api/sign-in/code', { data: { code: await person.codeByMail() } });
}

/** Sends the person's codes by SMS from now on. It ends their other sessions, so no other test may use them. */
export async function preferSms(page: Page, person: Person): Promise<void> {
  await signInByApi(page, person);
  const { request } = page;
  await request.put('/api/account/phone', { data: { phoneNumber: person.mobileAsTyped } });
  await request.post('/api/account/phone/verification', { data: {} });
  const data = { code: await person.codeBySms() };
  await request.post('/api/account/phone/verification/code', { data });
  const changed = await request.patch('/api/account', { data: { codeChannel: 'SMS' } });
  expect(changed.ok()).toBe(true);
  await page.context().clearCookies();
}

export function heading(page: Page, name: string) {
  return page.getByRole('heading', { name, exact: true, level: 1 });
}

/** The time as the pages show it: `16:39`, in any time zone. */
export function timeInParis(iso: string): string {
  const format = { timeZone: 'Europe/Paris', hour: '2-digit', minute: '2-digit' } as const;
  return new Intl.DateTimeFormat('fr-FR', format).format(new Date(iso));
}

/** The reference of the code, which its message has too. */
export function referenceShown(page: Page): Promise<string | null> {
  return page.getByRole('listitem').filter({ hasText: 'réf.' }).locator('span').textContent();
}
