import { Injectable } from '@nestjs/common';
import { ApplicationService } from '@portillon/application';
import type { DataSubject, PersonalDataSource, PersonalRecords } from '@portillon/persistence';
import { SessionClientService } from './sessions/session-client.service';
import type { EnteredApplication } from './sessions/session-client.service';

declare module '@portillon/persistence' {
  interface PersonalRecords {
    /** `name` is null when the application no longer exists. */
    applications: (EnteredApplication & { name: string | null })[];
  }
}

@Injectable()
export class OpenidPersonalData implements PersonalDataSource {
  constructor(
    private readonly clients: SessionClientService,
    private readonly applications: ApplicationService,
  ) {}

  /** The applications entered in the last 30 days, the latest first. */
  async export({ id }: DataSubject): Promise<Partial<PersonalRecords>> {
    const entries = await this.clients.entriesOf(id);
    const ids = [...new Set(entries.map(({ applicationId }) => applicationId))];
    const names = new Map((await this.applications.getAll(ids)).map(({ id: one, name }) => [one, name]));
    return {
      applications: entries
        .map((entry) => ({ ...entry, name: names.get(entry.applicationId) ?? null }))
        .sort((one, other) => +other.createdAt - +one.createdAt),
    };
  }

  /** By then an entry names a pseudonym, and is deleted within 30 days. */
  async erase(): Promise<void> {}
}
