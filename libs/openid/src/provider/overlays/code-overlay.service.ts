import { Injectable } from '@nestjs/common';
import type Provider from 'oidc-provider';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { SessionClientService } from '../../sessions/session-client.service';
import { GrantService } from '../grant.service';
import { CodeModel, modelsOf, stateOf } from '../oidc-context';

/**
 * Records the entry to an application before its code is written, and binds the code to that entry. The library writes the
 * entry last: when several tabs enter at once, each would void the tokens of the previous tab.
 */
@Injectable()
export class CodeOverlayService {
  constructor(
    private readonly clients: SessionClientService,
    private readonly grants: GrantService,
  ) {}

  overlay(provider: Provider): void {
    const { prototype } = modelsOf(provider).AuthorizationCode;
    const { save } = prototype;
    const bind = (code: CodeModel) => this.#bind((provider.constructor as typeof Provider).ctx!, code);
    prototype.save = async function (this: CodeModel) {
      await bind(this);
      return save.call(this);
    };
  }

  async #bind(ctx: KoaContextWithOIDC, code: CodeModel): Promise<void> {
    const { accountId, clientId: applicationId, sid, grantId: own } = code;
    const entering = { sessionId: stateOf(ctx).session!.id, applicationId, accountId, sid, grantId: own };
    const entry = await this.clients.enter(entering, stateOf(ctx).entered?.get(applicationId));
    if (entry.grantId !== own) await this.grants.join(ctx, entry.grantId!);
    Object.assign(code, { sid: entry.sid, grantId: entry.grantId });
    stateOf(ctx).isFirstEntry = entry.isFirst;
  }
}
