import { Accounts, Passwords, Structures } from '@portillon/account';
import type { INestApplicationContext } from '@nestjs/common';
import { Database, Migrator } from '@portillon/persistence';
import { createApp } from '../boot';
import { DEMO_PASSWORD, seedDemoPeople } from '../demo/demo-people';
import { Housekeeping } from '../housekeeping';
import { createLogger } from '../logging/logger';
import { loadSettings } from '../settings/load-settings';
import { Settings } from '../settings/settings';

/** Serves until the process is told to stop. */
export async function serve(): Promise<void> {
  const settings = loadSettings();
  const app = await createApp({ settings, logger: createLogger(settings) });
  await bringUpToDate(app, settings);
  if (settings.demo) await seedDemoPeople(demoTools(app));
  await app.listen({ host: settings.host, port: settings.port });
  await openOperations(app, settings);
  app.get(Housekeeping).start();
  announce(settings);
}

/** The demo and development migrate by themselves; production does it as a step of its own, before it serves. */
async function bringUpToDate(app: INestApplicationContext, settings: Settings): Promise<void> {
  const migrator = app.get(Migrator);
  if (!settings.production) await migrator.migrate();
  else if (await migrator.pending())
    throw new Error('The database is behind this version: run "portillon migrate"');
}

async function openOperations(app: INestApplicationContext, settings: Settings): Promise<void> {
  if (settings.opsPort === 0) return;
  const { startOperationsServer } = await import('../health/operations-server.js');
  const server = await startOperationsServer(app, { host: settings.host, port: settings.opsPort });
  process.once('SIGTERM', () => void server.close());
  process.once('SIGINT', () => void server.close());
}

function demoTools(app: INestApplicationContext) {
  return {
    database: app.get(Database),
    accounts: app.get(Accounts),
    structures: app.get(Structures),
    passwords: app.get(Passwords),
  };
}

function announce(settings: Settings): void {
  const lines = [`Portillon is ready: ${settings.publicUrl}`];
  if (settings.demo) {
    lines.push(
      'This is a demo: no message leaves, no data is real.',
      `Demo mailbox: ${settings.publicUrl}/demo/mailbox`,
      'People: claire.martin, nadia.benali, paul.durand, support.national',
      `Password: ${DEMO_PASSWORD}`,
      `Next: open ${settings.publicUrl}, sign in as claire.martin, and read the code in the demo mailbox.`,
    );
  }
  console.log(`\n${lines.join('\n')}\n`);
}
