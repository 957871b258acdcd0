import { Injectable } from '@nestjs/common';
import { ApplicationDraft, ApplicationSecretService, ApplicationService } from '@portillon/application';
import { Transactions } from '@portillon/persistence';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The configuration that the application reads to sign users in: `data/orientation.json`. */
interface Registration {
  clientId: string;
  clientSecret: string;
}

/** The application that `npm start` puts behind the gate. */
@Injectable()
export class DemoApplicationService {
  constructor(
    private readonly transactions: Transactions,
    private readonly applications: ApplicationService,
    private readonly secrets: ApplicationSecretService,
  ) {}

  /** Registers the application at `url`, once. Updates the address when its port has changed. */
  async seed(url: string, dataFolder: string): Promise<void> {
    const file = join(dataFolder, 'orientation.json');
    const draft = draftOf(url);
    const clientId = read(file)?.clientId;
    const known = clientId && (await this.applications.get(clientId));
    if (!known) return writeFileSync(file, JSON.stringify(await this.#register(draft)), { mode: 0o600 });
    if (known.homeUri === draft.homeUri) return;
    const { kind: _, ...settings } = draft;
    await this.transactions.run((tx) => this.applications.edit(known.id, settings, known.version, tx));
  }

  #register(draft: ApplicationDraft): Promise<Registration> {
    return this.transactions.run(async (tx) => {
      const { id } = await this.applications.create(draft, tx);
      const issued = await this.secrets.issue(id, null, tx);
      if (issued.status !== 'issued') throw new Error('A new application has no secret yet');
      return { clientId: id, clientSecret: issued.value };
    });
  }
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
