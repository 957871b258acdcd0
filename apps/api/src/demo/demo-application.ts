import { ApplicationDraft, ApplicationSecretService, ApplicationService } from '@portillon/application';
import { Transactions } from '@portillon/persistence';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface DemoApplicationTools {
  transactions: Transactions;
  applications: ApplicationService;
  secrets: ApplicationSecretService;
}

/** What the application reads to sign people in: `data/orientation.json`. */
interface Registration {
  clientId: string;
  clientSecret: string;
}

/** Registers the application that `npm start` puts behind the gate at `url`, once; it may have moved to another port. */
export async function seedDemoApplication(
  tools: DemoApplicationTools,
  url: string,
  dataFolder: string,
): Promise<void> {
  const file = join(dataFolder, 'orientation.json');
  const draft = draftOf(url);
  const clientId = read(file)?.clientId;
  const known = clientId && (await tools.applications.get(clientId));
  if (!known) return writeFileSync(file, JSON.stringify(await register(tools, draft)), { mode: 0o600 });
  if (known.homeUri === draft.homeUri) return;
  const { kind: _, ...settings } = draft;
  await tools.transactions.run((tx) => tools.applications.edit(known.id, settings, known.version, tx));
}

function register({ transactions, applications, secrets }: DemoApplicationTools, draft: ApplicationDraft) {
  return transactions.run(async (tx): Promise<Registration> => {
    const { id } = await applications.create(draft, tx);
    const issued = await secrets.issue(id, null, tx);
    if (issued.status !== 'issued') throw new Error('A new application has no secret yet');
    return { clientId: id, clientSecret: issued.value };
  });
}

function draftOf(url: string): ApplicationDraft {
  return {
    name: 'Orientation',
    kind: 'web',
    redirectUris: [`${url}/retour`],
    postLogoutRedirectUris: [`${url}/`],
    initiateLoginUri: `${url}/connexion`,
    backchannelLogoutUri: `${url}/deconnexion-par-la-passerelle`,
    homeUri: `${url}/connexion`,
    scopes: ['openid', 'profile', 'groups', 'structure', 'pro_sante'],
    claimGroups: true,
    confirmIdentity: true,
    trusted: true,
  };
}

function read(file: string): Registration | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Registration;
  } catch {
    return undefined;
  }
}
