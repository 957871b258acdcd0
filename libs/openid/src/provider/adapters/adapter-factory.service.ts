import { Injectable } from '@nestjs/common';
import { ApplicationService } from '@portillon/application';
import { Random } from '@portillon/kernel';
import type { Adapter } from 'oidc-provider';
import { OpenidArtifactService } from '../../artifacts/openid-artifact.service';
import { SessionClientService } from '../../sessions/session-client.service';
import { AccessTokenAdapter } from './access-token.adapter';
import { ClientAdapter } from './client.adapter';
import type { OidcProviderModule } from '../load-oidc-provider';
import { OpenidAdapter } from './openid.adapter';
import { RequestLimitService } from '../request-limit.service';
import { SessionAdapter } from './session.adapter';
import { WaitingRequestAdapter } from './waiting-request.adapter';

/** The storage of each model of the library. */
@Injectable()
export class AdapterFactoryService {
  readonly #noSecret: string;

  constructor(
    private readonly applications: ApplicationService,
    private readonly artifacts: OpenidArtifactService,
    private readonly sessions: SessionClientService,
    private readonly limits: RequestLimitService,
    random: Random,
  ) {
    this.#noSecret = random.bytes(32).toString('base64url');
  }

  adapters(oidc: OidcProviderModule): (model: string) => Adapter {
    return (model) => {
      if (model === 'Client') return new ClientAdapter(this.applications, this.#noSecret);
      if (model === 'Session') return new SessionAdapter(this.sessions, oidc, this.limits);
      if (model === 'Interaction' || model === 'PushedAuthorizationRequest')
        return new WaitingRequestAdapter(model, this.artifacts, oidc, this.limits);
      if (model === 'AccessToken') return new AccessTokenAdapter(this.artifacts, oidc);
      return new OpenidAdapter(model, this.artifacts, oidc);
    };
  }
}
