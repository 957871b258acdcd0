import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { chromium } from '@playwright/test';
import { ROOT } from '../../tools/workspace/command.mjs';
import { answers } from './server.mjs';

const GUIDE = join(ROOT, 'docs/guide/integrate');
const BROWSERS = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];
const PERSON = {
  username: 'claire.martin',
  password: 'Orientation-Demo-2026',
  email: 'claire.martin@hopital.example',
};
const START_TRIES = 1_800;
const PATIENCE_MS = 20_000;

/** Returns the code block of a guide page whose first line names it. @throws without one */
export function block(page, name) {
  const blocks = readFileSync(join(GUIDE, page), 'utf8').matchAll(/^```\w*\n(.*?)^```/gms);
  const first = new RegExp(`^(?:#|//|<!--) ${name.replaceAll('.', '\\.')}\\b`);
  const found = [...blocks].map(([, text]) => text).find((text) => first.test(text));
  if (!found) throw new Error(`${page} has no ${name}`);
  return found;
}

/** Runs a command in a folder; resolves to its standard output. */
export async function run(folder, program, args, options = {}) {
  const { stdout } = await promisify(execFile)(program, args, {
    cwd: folder,
    maxBuffer: 2 ** 28,
    ...options,
    env: { ...process.env, ...options.env },
  });
  return stdout.trim();
}

/**
 * Registers the application of a page, starts its program and signs a person in with Chromium, or runs `attempt`.
 * @throws unless the page of the application shows `shown`
 */
export async function tryOut(client, folder, server) {
  const CLIENT_SECRET = await server.command(['application', 'secret']);
  const file = join(folder, 'application.yaml');
  writeFileSync(file, block(client.page, client.application));
  await server.command(['apply', file], { CLIENT_SECRET });
  await client.prepare?.(folder);
  const [program, ...args] = client.start(folder);
  const output = createWriteStream(join(folder, 'output.log'));
  const running = spawn(program, args, {
    cwd: folder,
    env: { ...process.env, ...client.env?.(folder), CLIENT_SECRET },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  running.stdout.pipe(output);
  running.stderr.pipe(output);
  try {
    const start = client.url ?? 'http://localhost:8000/';
    await untilAnswers(start, running);
    if (client.attempt) await client.attempt(server, CLIENT_SECRET);
    else await signIn(start, client, server);
  } finally {
    const exit = running.exitCode === null && once(running, 'exit');
    // Kills the whole process group: a build tool runs the program in a child process.
    if (exit) process.kill(-running.pid, client.signal ?? 'SIGKILL');
    await exit;
  }
}

async function untilAnswers(url, running) {
  for (let left = START_TRIES; left > 0; left -= 1) {
    if (running.exitCode !== null) throw new Error('the program ended at its start (output.log)');
    // A proxy may answer 404 before its upstream listens.
    if (await answers(url, ({ status }) => status !== 404)) return;
    await sleep(100);
  }
  throw new Error('the program did not start');
}

/**
 * Signs in like a person, from the application's first page to the one that shows who signed in; then `after`: what else the
 * application's page of the guide promises, such as a sign-out.
 */
async function signIn(start, { shown = 'Claire Martin', arrives, click, after }, server) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH || BROWSERS.find(existsSync),
    chromiumSandbox: false,
  });
  try {
    const page = await (await browser.newContext({ locale: 'fr-FR' })).newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    await page.goto(start);
    if (click)
      await page
        .getByRole('button', { name: click })
        .or(page.getByRole('link', { name: click }))
        .click();
    await page.getByLabel('Identifiant', { exact: true }).fill(PERSON.username);
    await page.getByLabel('Mot de passe', { exact: true }).fill(PERSON.password);
    await page.getByRole('button', { name: 'Se connecter', exact: true }).click();
    await page.getByRole('heading', { name: 'Saisir le code' }).waitFor();
    await page.getByRole('textbox', { name: 'Code' }).fill(await server.codeFor(PERSON.email));
    await page.getByRole('button', { name: 'Valider' }).click();
    const elsewhere = page.waitForURL((url) => url.origin !== server.url);
    const consent = page.getByRole('button', { name: 'Autoriser', exact: true });
    await Promise.race([elsewhere, consent.click().then(() => elsewhere)]);
    if (arrives) await page.waitForURL(arrives, { timeout: 3 * PATIENCE_MS });
    else await page.getByText(shown).first().waitFor();
    await after?.(page, server);
  } catch (error) {
    const pages = browser.contexts().flatMap((context) => context.pages());
    const text = await pages[0]
      ?.locator('body')
      .innerText()
      .catch(() => '');
    throw new Error(`${error.message.split('\n')[0]} at ${pages[0]?.url()}: ${text?.slice(0, 300)}`);
  } finally {
    await browser.close();
  }
}

/** @throws unless the browser has no session of Portillon within a few seconds */
export async function hasEnded(page, server) {
  for (let left = 50; left > 0; left -= 1) {
    if ((await page.request.get(`${server.url}/api/session`)).status() === 401) return;
    await sleep(100);
  }
  throw new Error('the session of Portillon did not end');
}
