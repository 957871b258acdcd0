import { defineConfig } from '@playwright/test';
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Options } from './src/harness/test';

const FLAGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The headless shell first: a whole Chromium draws its own window too, which takes a third of the processor's time. */
const CHROMIUMS = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];

/** Debian's, by WebDriver BiDi: the browser of many hospital desktops. */
const FIREFOX = '/usr/bin/firefox-esr';
const CHROMIUM = {
  executablePath: process.env['CHROMIUM_PATH'] || CHROMIUMS.find(existsSync),
  chromiumSandbox: false,
  args: FLAGS,
};

/** `PICTURES=1` takes pictures of the pages instead of testing them. */
const pictures = Boolean(process.env['PICTURES']);

/** CI shares its machine with others, which may take a half of it for a while. */
const PATIENCE = process.env['CI'] ? 2 : 1;

export default defineConfig<Options>({
  testDir: './src',
  testMatch: pictures ? '*.picture.ts' : '*.spec.ts',
  outputDir: join(__dirname, 'test-results'),
  fullyParallel: true,
  forbidOnly: Boolean(process.env['CI']),
  // Each has a separate browser and server, and waits for them a part of its time.
  workers: availableParallelism() + 1,
  // A shared machine may stand still for seconds; a test that fails twice has failed.
  retries: process.env['CI'] ? 1 : 0,
  timeout: 40_000 * PATIENCE,
  expect: { timeout: 10_000 * PATIENCE },
  reporter: 'list',
  use: {
    actionTimeout: 10_000 * PATIENCE,
    locale: 'fr-FR',
    // The service has users overseas too: the pages show Paris time all the same.
    timezoneId: 'Indian/Reunion',
    viewport: { width: 1280, height: 900 },
    trace: 'on-first-retry',
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'chromium', use: { launchOptions: CHROMIUM } },
    // In CI a missing browser is a failure.
    ...(!pictures && (process.env['CI'] || existsSync(FIREFOX))
      ? [
          {
            name: 'firefox',
            // Journeys in one window, which need nothing of Chromium's own protocol.
            grep: /@firefox/,
            use: {
              browserName: 'firefox' as const,
              channel: 'moz-firefox',
              // A screenshot adds a style to the page, which its content security policy refuses.
              screenshot: 'off' as const,
              launchOptions: { executablePath: join(__dirname, 'firefox-esr.mjs') },
            },
          },
        ]
      : []),
  ],
});
