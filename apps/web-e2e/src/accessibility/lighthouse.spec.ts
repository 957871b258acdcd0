import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from '../harness/test';

/** The last line that runs on Node 20. Its 160 packages are no part of an installation of Portillon. */
const LIGHTHOUSE = 'lighthouse@12.8.2';
/** The scores that a page must reach. SEO is left out, since `noindex` is intended. */
const ASKED = { performance: 0.98, accessibility: 1, 'best-practices': 1 };
const AUDIT_MS = 120_000;

interface Report {
  categories: Record<keyof typeof ASKED, { score: number }>;
}

// Both at once would install it at once.
test.describe.configure({ mode: 'serial' });
test.skip(!process.env['CI'], 'Lighthouse is fetched from npm, in CI alone');

for (const path of ['/connexion', '/aide'])
  test(`${path} meets the Lighthouse limits for a page on a laptop`, async ({ server, launchOptions }) => {
    test.setTimeout(AUDIT_MS);
    const { categories } = await audit(`${server.url}${path}`, launchOptions.executablePath!);
    for (const [name, least] of Object.entries(ASKED))
      expect
        .soft(categories[name as keyof typeof ASKED].score, `${path}, ${name}`)
        .toBeGreaterThanOrEqual(least);
  });

async function audit(url: string, chromium: string): Promise<Report> {
  const { stdout } = await promisify(execFile)(
    'npx',
    [
      '--yes',
      LIGHTHOUSE,
      url,
      '--quiet',
      '--output=json',
      '--preset=desktop',
      `--only-categories=${Object.keys(ASKED).join()}`,
      '--chrome-flags=--headless=new --no-sandbox --disable-background-networking',
    ],
    { env: { ...process.env, CHROME_PATH: chromium }, maxBuffer: 64 * 1024 * 1024 },
  );
  return JSON.parse(stdout) as Report;
}
