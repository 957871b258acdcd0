import type { INestApplicationContext } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { PasskeyService } from '@portillon/authenticator';
import { CardServerService } from '@portillon/cpx';
import { SystemClock } from '@portillon/kernel';
import { MigratorService } from '@portillon/persistence';
import { readFileSync } from 'node:fs';
import { DEMO_PASSWORD, DemoService } from '@portillon/operation';
import { instanceName } from '@portillon/http';
import { createApp } from '../boot';
import { readCertificatesAgain } from '../read-certificates-again';
import { announceKeys } from '../keys/announce-keys';
import { loadServerSettings } from '../settings/load-settings';
import { Settings } from '../settings/settings';
import { reportToSystemd } from '../systemd/report-to-systemd';
import { liveDemoHistory, seedDemo } from './demo';
import { logWarnings } from './log-warnings';
import { openOperations } from './operations';
import { CommandRefusal } from './refusal';
import { refuseOldTables, refuseOtherCollation } from './database/tables';

/** Serves until the process is stopped. */
export async function serve(): Promise<void> {
  const settings = loadServerSettings();
  if (settings.demoHistoryDays) await liveDemoHistory(settings, new SystemClock().now());
  const app = await createApp({ settings, jobs: true });
  logWarnings(settings);
  await bringUpToDate(app, settings);
  if (settings.demo) await seedDemo(app, settings);
  if (settings.production) await refuseDemoPeople(app);
  await refuseOtherRelyingParty(app);
  await announceKeys(app, instanceName(settings.port));
  await app.listen({ host: settings.host, port: settings.port });
  await openCardPort(app, settings);
  await openOperations(app, settings);
  readCertificatesAgain(app, settings, app.getHttpServer());
  reportToSystemd(settings);
  announce(settings);
}

/** The demo and development migrate automatically; production does it in a separate step, before it serves. */
async function bringUpToDate(app: INestApplicationContext, settings: Settings): Promise<void> {
  await refuseOtherCollation(app);
  if (!settings.production) await app.get(MigratorService).migrate();
  await refuseOldTables(app);
}

/** They came from a demo on the same database, and everybody knows their password. */
async function refuseDemoPeople(app: INestApplicationContext): Promise<void> {
  const active = await app.get(DemoService).activeAccounts();
  if (active.length > 0)
    throw new CommandRefusal(
      `DATABASE_URL names a database of the demo: ${active.join(', ')} can sign in with a public password. ` +
        'Name another one, or close these accounts: "portillon account deactivate <user name>".',
    );
}

/** Passkeys of another domain would no longer open a session. */
async function refuseOtherRelyingParty(app: INestApplicationContext): Promise<void> {
  const other = await app.get(PasskeyService).otherRelyingParty();
  if (other)
    throw new CommandRefusal(
      `PASSKEY_RP_ID: people have passkeys for ${other}, which open nothing elsewhere. ` +
        'Keep that domain, or set PASSKEYS=off until they are removed.',
    );
}

/** The only port that requests certificates; it serves the same application. */
async function openCardPort(app: NestFastifyApplication, { cpx, tls, host }: Settings): Promise<void> {
  if (!cpx?.port || !tls) return;
  const fastify = app.getHttpAdapter().getInstance();
  await app.get(CardServerService).listen({
    host,
    port: cpx.port,
    cert: readFileSync(tls.certFile),
    key: readFileSync(tls.keyFile),
    handler: (request, response) => fastify.routing(request, response),
  });
}

function announce(settings: Settings): void {
  const lines = [`Portillon is ready: ${settings.publicUrl}`, ...(settings.demo ? demoLines(settings) : [])];
  console.log(`\n${lines.join('\n')}\n`);
}

function demoLines({ publicUrl, proSanteConnect, demoApplicationUrl }: Settings): string[] {
  const first = demoApplicationUrl ?? publicUrl;
  return [
    'This is a demo: no message leaves, no data is real.',
    `Demo mailbox: ${publicUrl}/demo/mailbox`,
    'People: claire.martin, nadia.benali, paul.durand, support.national',
    `Password: ${DEMO_PASSWORD}`,
    ...(proSanteConnect ? ['Pro Santé Connect: a provider of the demo, with professionals to pick'] : []),
    ...(demoApplicationUrl ? [`Orientation, an application behind the gate: ${demoApplicationUrl}`] : []),
    `Next: open ${first}, sign in as claire.martin, and read the code in the demo mailbox.`,
  ];
}
