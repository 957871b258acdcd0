import { Injectable } from '@nestjs/common';
import { ActivityChoices } from './activity-choices';
import { ProviderRequests } from './provider-requests';
import { ProviderSessions } from './provider-sessions';

/** What has expired, for whoever cleans up. */
@Injectable()
export class ProSanteConnectPurge {
  constructor(
    private readonly requests: ProviderRequests,
    private readonly choices: ActivityChoices,
    private readonly sessions: ProviderSessions,
  ) {}

  /** Deletes at most `batch` rows of each table: how many. */
  async purge(batch: number): Promise<number> {
    return (
      (await this.requests.purge(batch)) +
      (await this.choices.purge(batch)) +
      (await this.sessions.purge(batch))
    );
  }
}
