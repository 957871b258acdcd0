import { Injectable } from '@nestjs/common';
import { ApplicationService } from '@portillon/application';
import { ApplicationEntry, SessionClientService } from '@portillon/openid';

/** An application that a person entered. */
export interface EnteredApplication extends ApplicationEntry {
  /** Null: it exists no more. */
  name: string | null;
}

/** Which applications a person entered. */
@Injectable()
export class KeptApplicationsService {
  constructor(
    private readonly applications: ApplicationService,
    private readonly clients: SessionClientService,
  ) {}

  /** In the last 30 days, the latest entered first. */
  async entriesOf(accountId: string): Promise<EnteredApplication[]> {
    const entries = await this.clients.entriesOf(accountId);
    const ids = [...new Set(entries.map(({ applicationId }) => applicationId))];
    const names = new Map((await this.applications.getAll(ids)).map(({ id, name }) => [id, name]));
    return entries
      .map((entry) => ({ ...entry, name: names.get(entry.applicationId) ?? null }))
      .sort((one, other) => +other.createdAt - +one.createdAt);
  }
}
