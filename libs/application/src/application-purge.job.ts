import { Injectable } from '@nestjs/common';
import { PurgeJob } from '@portillon/persistence';
import { ApplicationRefusals } from './refusals/application-refusals.service';
import { ApplicationSecretService } from './secrets/application-secret.service';

/** Deletes secrets that expired, and refusals that are old. */
@Injectable()
export class ApplicationPurgeJob extends PurgeJob {
  constructor(secrets: ApplicationSecretService, refusals: ApplicationRefusals) {
    super({ secrets, refusals });
  }
}
