import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { QueueJob, SECOND } from '@portillon/kernel';
import { PurgeJob } from '@portillon/persistence';
import { OpenidArtifactService } from './artifacts/openid-artifact.service';
import { LogoutDeliveryService } from './back-channel/logout-delivery.service';
import { SigningKeyService } from './keys/signing-key.service';
import { SessionClientService } from './sessions/session-client.service';

const SIGN_OUTS_EVERY_MS = 2 * SECOND;

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

/** Notifies the applications that are due, each in a separate queue. */
@Injectable()
export class LogoutDeliveryJob extends QueueJob {
  constructor(private readonly deliveries: LogoutDeliveryService) {
    super();
  }

  @Interval(SIGN_OUTS_EVERY_MS)
  run(): Promise<void> {
    return this.openLanes();
  }

  protected due(): Promise<string[]> {
    return this.deliveries.due();
  }

  protected sendSome(applicationId: string): Promise<boolean> {
    return this.deliveries.sendSome(applicationId);
  }
}
