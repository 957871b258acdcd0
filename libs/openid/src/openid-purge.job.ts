import { Injectable } from '@nestjs/common';
import { PurgeJob } from '@portillon/persistence';
import { OpenidArtifactService } from './artifacts/openid-artifact.service';
import { LogoutDeliveryService } from './back-channel/logout-delivery.service';
import { SigningKeyService } from './keys/signing-key.service';
import { SessionClientService } from './sessions/session-client.service';

/** Deletes data that the provider no longer needs. */
@Injectable()
export class OpenidPurgeJob extends PurgeJob {
  constructor(
    signingKeys: SigningKeyService,
    artifacts: OpenidArtifactService,
    sessionClients: SessionClientService,
    logoutDeliveries: LogoutDeliveryService,
  ) {
    super({ signingKeys, artifacts, sessionClients, logoutDeliveries });
  }
}
