import type { INestApplicationContext } from '@nestjs/common';
import { ApplicationTestService } from '@portillon/administration-applications';
import {
  ApplicationEntity,
  ApplicationKind,
  ApplicationRefusals,
  ApplicationSecretService,
  ApplicationService,
  AuthMethod,
  IdTokenAlg,
  PkceRule,
  refusalText,
} from '@portillon/application';
import type { EventName } from '@portillon/audit';
import { issueToken, itemsOf, SystemClock, SystemRandom } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import { recordAct } from '../record-act';
import { CommandRefusal } from '../refusal';
import { withTables } from '../database/tables';

export interface CreateApplicationOptions {
  name: string;
  kind: ApplicationKind;
  redirectUri: string[];
  homeUri?: string;
  trusted?: boolean;
  postLogoutRedirectUri?: string[];
  backchannelLogoutUri?: string;
  scope?: string[];
  resource?: string[];
  authMethod?: AuthMethod;
  jwksUri?: string;
  tlsSubjectDn?: string;
  claimNames: boolean;
  claimMail?: boolean;
  claimGroups?: boolean;
  idTokenAlg: IdTokenAlg;
  pkce: PkceRule;
  offlineAccess?: boolean;
  gateAssertion?: boolean;
}

/** Registers an application of the whole service. */
export async function createApplication({
  redirectUri: redirectUris,
  postLogoutRedirectUri: postLogoutRedirectUris,
  scope: scopes,
  resource: resources,
  ...draft
}: CreateApplicationOptions): Promise<void> {
  await withTables(async (app) => {
    const { id } = await app.get(Transactions).run(async (tx) => {
      const lists = { redirectUris, postLogoutRedirectUris, scopes, resources };
      // Omitted options take their defaults.
      const given = Object.entries(lists).filter(([, list]) => list !== undefined);
      const settings = { ...draft, ...Object.fromEntries(given) };
      const application = await app.get(ApplicationService).create(settings, tx);
      await record(app, 'application_created', application, tx);
      return application;
    });
    console.log(`Created ${draft.name} (${id}).`);
  });
}

/** The applications, a line each. */
export async function listApplications(): Promise<void> {
  await withTables(async (app) => {
    const applications = app.get(ApplicationService);
    for await (const one of itemsOf((range) => applications.list(range))) console.log(line(one));
  });
}

/** The settings of one as JSON; never a secret, of which only digests are kept. */
export async function showApplication(id: string): Promise<void> {
  await withTables(async (app) => {
    const application = await known(app, id);
    const secrets = await app.get(ApplicationSecretService).list(id);
    console.log(JSON.stringify({ ...application, secrets }, null, 2));
  });
}

/**
 * Creates a secret and prints it once; with `end`, ends that secret. Without an application, creates a secret that is not
 * stored, for a file that names it by reference.
 */
export async function changeSecret(id: string | undefined, { end }: { end?: string }): Promise<void> {
  if (id === undefined) return console.log(issueToken(new SystemRandom(new SystemClock())).value);
  await withTables(async (app) => {
    const application = await known(app, id);
    const secrets = app.get(ApplicationSecretService);
    const said = await app.get(Transactions).run(async (tx) => {
      await record(app, end ? 'application_secret_ended' : 'application_secret_issued', application, tx);
      if (!end) return `Secret, shown once: ${await issue(secrets, application, tx)}`;
      if (!(await secrets.end(id, end, tx))) throw new CommandRefusal(`No secret ${end}`);
      return `Ended ${end}.`;
    });
    console.log(said);
  });
}

/** Closes an application at once. */
export async function disableApplication(id: string): Promise<void> {
  await withTables(async (app) => {
    const application = await known(app, id);
    await app.get(Transactions).run(async (tx) => {
      if (await app.get(ApplicationService).setStatus(id, 'disabled', tx))
        await record(app, 'application_disabled', application, tx);
    });
    console.log(`Disabled ${application.name}.`);
  });
}

/** The faults of an application's configuration, and its recent refusals. */
export async function checkApplication(id: string): Promise<void> {
  await withTables(async (app) => {
    const application = await known(app, id);
    const checks = (await app.get(ApplicationTestService).run(application, 'en')).map(asCommand);
    for (const { label, check, explanation } of checks) console.log(`${label}\t${check}\t${explanation}`);
    for (const refusal of await app.get(ApplicationRefusals).latest(id))
      console.log(`${refusal.lastAt.toISOString()}\t${refusal.times} times\t${refusalText(refusal, 'en')}`);
    if (checks.some(({ label }) => label === 'FAIL')) throw new CommandRefusal('Something is to be mended.');
  });
}

/** What the command's own environment says of a setting is no finding about the server, which may have another one. */
function asCommand({ ok, check, explanation }: { ok: boolean; check: string; explanation: string }) {
  const setting = check !== 'request' && !ok && /GATE_PROXIES|OUTBOUND_ALLOW/.exec(explanation)?.[0];
  if (!setting) return { label: ok ? 'ok  ' : 'FAIL', check, explanation };
  return {
    label: '?   ',
    check,
    explanation: `${setting} of this command: ${explanation} The server’s decides.`,
  };
}

/** @throws CommandRefusal when no application has this id. */
async function known(app: INestApplicationContext, id: string): Promise<ApplicationEntity> {
  const application = await app.get(ApplicationService).get(id);
  if (!application) throw new CommandRefusal(`No application ${id}`);
  return application;
}

async function issue(
  secrets: ApplicationSecretService,
  { id, authMethod }: ApplicationEntity,
  tx: EntityManager,
): Promise<string> {
  if (!authMethod.startsWith('client_secret'))
    throw new CommandRefusal(`It uses no secret, but ${authMethod}`);
  const issued = await secrets.issue(id, null, tx);
  if (issued.status !== 'issued')
    throw new CommandRefusal('Two secrets are in use: end one of them with --end');
  return issued.value;
}

function record(
  app: INestApplicationContext,
  name: EventName,
  { id: application, structureId }: ApplicationEntity,
  tx: EntityManager,
): Promise<void> {
  return recordAct(app, { name, structureId, data: { application } }, tx);
}

function line({ id, status, kind, structureId, name }: ApplicationEntity): string {
  return [id, status, kind, structureId ?? 'every structure', JSON.stringify(name)].join('\t');
}
