import { Injectable } from '@nestjs/common';
import { PurgeJob } from '@portillon/persistence';
import { ApplicationRefusals } from './refusals/application-refusals.service';
import { ApplicationSecretService } from './secrets/application-secret.service';

/** Deletes expired secrets and old refusals. */
@Injectable()
export class ApplicationPurgeJob extends PurgeJob {
  constructor(secrets: ApplicationSecretService, refusals: ApplicationRefusals) {
    super({ secrets, refusals });
  }
}
