import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { AXE_SOURCE } from '../harness/accessibility';
import { demoPeople, PASSWORD, speakFrench } from '../harness/people';
import type { Server } from '../harness/server';
import { expect, type Page, signInByApi, test } from '../harness/test';
import { type Locale, words } from '../harness/words';

/** Public pages come first: a sign-in lasts for the pages after it. */
const ORDER = ['nobody', 'begun', 'national'] as const;

interface Grid {
  pages: Record<string, { path: string; as: (typeof ORDER)[number] } | { needs: string }>;
  'without-tables': string[];
  'without-fields': string[];
}

/** The facts of a page once it has loaded. */
interface Facts {
  name: string;
  language: string;
  title: string;
  isHtml: boolean;
  frames: number;
  media: number;
  tables: number;
  fields: number;
  orientations: number;
  windows: number;
  nameless: string[];
}

const GRID = parse(readFileSync(join(__dirname, '../../../../docs/trust/rgaa/grid.yaml'), 'utf8')) as Grid;
const LOADING = /^(?:Chargement|Loading)…$/;
const WALK_MS = 240_000;

// One walk, of which each test says one thing.
test.describe.configure({ mode: 'default' });
let french: Facts[] = [];
let english: Facts[] = [];

test.beforeAll(async ({ browser, server }) => {
  test.setTimeout(WALK_MS);
  speakFrench(server);
  const page = await browser.newPage({ baseURL: server.url });
  french = await walk(page, server, 'fr');
  await page.context().clearCookies();
  await page.goto('/connexion');
  await page.getByRole('button', { name: 'English', exact: true }).click();
  english = await walk(page, server, 'en');
  speakFrench(server);
  await page.close();
});

test('each page of the grid is a document of HTML', () => {
  expect(namesOf(({ isHtml }) => !isHtml)).toEqual([]);
});

test('each page of the grid says its language, in French and in English', () => {
  expect(french.filter(({ language }) => language !== 'fr')).toEqual([]);
  expect(english.filter(({ language }) => language !== 'en')).toEqual([]);
});

test('each page of the grid has a title', () => {
  expect(namesOf(({ title }) => !/^\S.* — Portillon$/.test(title))).toEqual([]);
});

test('each link of each page of the grid has a name', () => {
  expect(namesOf(({ nameless }) => nameless.length > 0)).toEqual([]);
});

test('no page of the grid has a frame', () => {
  expect(namesOf(({ frames }) => frames > 0)).toEqual([]);
});

test('no page of the grid has a sound, a film or an object', () => {
  expect(namesOf(({ media }) => media > 0)).toEqual([]);
});

test('no page of the grid has a table that the grid says it has not', () => {
  const without = namesOf(({ tables }) => tables === 0, 'every');
  expect(GRID['without-tables'].filter((name) => !without.includes(name))).toEqual([]);
});

test('no page of the grid has a field that the grid says it has not', () => {
  const without = namesOf(({ fields }) => fields === 0, 'every');
  expect(GRID['without-fields'].filter((name) => !without.includes(name))).toEqual([]);
});

test('no page of the grid opens a window automatically', () => {
  expect(namesOf(({ windows }) => windows > 1)).toEqual([]);
});

test('no page of the grid asks how the screen is held', () => {
  expect(namesOf(({ orientations }) => orientations > 0)).toEqual([]);
});

/** Over both languages: pages where it is so in one, or in each. */
function namesOf(isSo: (facts: Facts) => boolean, of: 'some' | 'every' = 'some'): string[] {
  return french
    .map((facts, index) => [facts, english[index]!])
    .filter((both) => (of === 'some' ? both.some(isSo) : both.every(isSo)))
    .map(([facts]) => facts!.name);
}

/** Opens each page of the grid, public ones first. */
async function walk(page: Page, server: Server, locale: Locale): Promise<Facts[]> {
  const found: Facts[] = [];
  for (const who of ORDER) {
    if (who === 'begun') await begin(page, server, locale);
    const ids = who === 'national' ? await signedIn(page, server, locale) : {};
    for (const [name, one] of Object.entries(GRID.pages))
      if ('path' in one && one.as === who) found.push(await factsOf(page, name, addressOf(one.path, ids)));
  }
  expect(found.length).toBeGreaterThan(35);
  return found;
}

/** With the password, and not yet the code: the page where it is typed knows that of the one before. */
async function begin(page: Page, server: Server, locale: Locale): Promise<void> {
  const say = words[locale];
  await page.goto('/connexion');
  await page.getByLabel(say.username, { exact: true }).fill(demoPeople(server).claire.username);
  await page.getByLabel(say.password, { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: say.signIn }).click();
  await page.waitForURL('/connexion/code');
}

/** As the national administrator, with one of each thing that has a separate page. */
async function signedIn(page: Page, server: Server, locale: Locale): Promise<Record<string, string>> {
  await signInByApi(page, demoPeople(server).national);
  expect((await page.request.patch('/api/account', { data: { locale } })).ok()).toBe(true);
  const first = async (path: string) => {
    const { items } = (await (await page.request.get(path)).json()) as { items: { id: string }[] };
    return items[0]!.id;
  };
  const make = async (path: string, data: object) => {
    const created = await page.request.post(path, { data: { name: `Orientation ${Date.now()}`, ...data } });
    expect(created.status(), path).toBe(201);
    return ((await created.json()) as { id: string }).id;
  };
  return {
    account: await first('/api/admin/accounts?limit=1'),
    structure: await first('/api/admin/structures?limit=1'),
    application: await make('/api/admin/applications', {
      kind: 'web',
      authMethod: 'client_secret_basic',
      redirectUris: ['https://orientation.example/callback'],
    }),
    webhook: await make('/api/admin/webhooks', {
      url: 'https://orientation.example/hook',
      events: ['account.created'],
    }),
  };
}

function addressOf(path: string, ids: Record<string, string>): string {
  return path.replace(/:(\w+)/, (_all, name: string) => ids[name]!);
}

async function factsOf(page: Page, name: string, path: string): Promise<Facts> {
  if (new URL(page.url()).pathname !== path) await page.goto(path);
  await expect(page.getByRole('heading', { level: 1 }).first(), name).toBeVisible();
  await expect(page.getByText(LOADING), name).toHaveCount(0);
  expect(new URL(page.url()).pathname, name).toBe(path);
  await page.evaluate(AXE_SOURCE);
  const facts = await page.evaluate(async () => {
    const count = (selector: string) => document.querySelectorAll(selector).length;
    const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
    const { axe } = window as unknown as {
      axe: { run(options: object): Promise<{ violations: { nodes: { html: string }[] }[] }> };
    };
    const { violations } = await axe.run({ runOnly: { type: 'rule', values: ['link-name'] } });
    return {
      language: document.documentElement.lang,
      title: document.title,
      isHtml: document.doctype?.name === 'html' && document.compatMode === 'CSS1Compat',
      frames: count('iframe, frame'),
      media: count('video, audio, object, embed, applet, bgsound, canvas'),
      tables: count('table, [role=table], [role=grid], [role=treegrid]'),
      fields: count(
        'input:not([type=hidden]), select, textarea, [contenteditable=true], [role=textbox], [role=searchbox], [role=combobox], [role=listbox], [role=checkbox], [role=radio], [role=switch], [role=slider], [role=spinbutton]',
      ),
      orientations: rules.filter((rule) => /@media[^{]*orientation/.test(rule.cssText)).length,
      nameless: violations.flatMap(({ nodes }) => nodes.map(({ html }) => html)),
    };
  });
  return { name, ...facts, windows: page.context().pages().length };
}
