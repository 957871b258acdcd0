import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { PURGE_EVERY_MS, purgeAll, ScheduledJob } from '@portillon/kernel';
import { OpenidArtifactService } from './artifacts/openid-artifact.service';
import { LogoutDeliveryService } from './back-channel/logout-delivery.service';
import { SigningKeyService } from './keys/signing-key.service';
import { SessionClientService } from './sessions/session-client.service';

/** Deletes what the provider needs no more. */
@Injectable()
export class OpenidPurgeJob extends ScheduledJob {
  constructor(
    private readonly signingKeys: SigningKeyService,
    private readonly artifacts: OpenidArtifactService,
    private readonly sessionClients: SessionClientService,
    private readonly logoutDeliveries: LogoutDeliveryService,
  ) {
    super();
  }

  @Interval(PURGE_EVERY_MS)
  run(): Promise<void> {
    return this.turn(() =>
      purgeAll(
        {
          signingKeys: () => this.signingKeys.purge(),
          artifacts: (batch) => this.artifacts.purge(batch),
          sessionClients: (batch) => this.sessionClients.purge(batch),
          logoutDeliveries: (batch) => this.logoutDeliveries.purge(batch),
        },
        this.logger,
      ),
    );
  }
}
