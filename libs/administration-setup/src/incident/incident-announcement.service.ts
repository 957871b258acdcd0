import { Injectable } from '@nestjs/common';
import { AccountAdministrationService } from '@portillon/account';
import { StructureService } from '@portillon/structure';
import { AuditService } from '@portillon/audit';
import { Transactions } from '@portillon/persistence';
import { NoticeKind, SecurityNoticeService } from '@portillon/security-notice';
import type { IncidentAct, IncidentEvent } from './incident.types';

const NOTICES = {
  incident_sessions_ended: 'incident-sessions-ended',
  incident_passwords_renewed: 'incident-passwords-renewed',
} as const satisfies Record<IncidentEvent, NoticeKind>;

/** Announces an answer to an incident in the journal and to each national administrator, or the answer does not run. */
@Injectable()
export class IncidentAnnouncementService {
  constructor(
    private readonly administration: AccountAdministrationService,
    private readonly structures: StructureService,
    private readonly transactions: Transactions,
    private readonly notices: SecurityNoticeService,
    private readonly audit: AuditService,
  ) {}

  async announce(name: IncidentEvent, { structureId, reason, deciders = [] }: IncidentAct): Promise<void> {
    const structures = structureId ? await this.structures.names([structureId]) : undefined;
    const details = {
      structure: structures?.get(structureId!)?.name,
      deciders: deciders.map(({ displayName }) => displayName),
    };
    const data = { by: 'command-line', decidedBy: deciders.map(({ id }) => id) } as const;
    await this.transactions.run(async (tx) => {
      const event = { name, outcome: 'SUCCESS', structureId: structureId ?? null, reason, data } as const;
      await this.audit.record(event, tx);
      const national = await this.administration.nationalAdministrators(tx);
      const recipients = national.map((subjectId) => ({ ...details, subjectId }));
      if (recipients.length > 0) await this.notices.notifyAll(NOTICES[name], recipients, tx);
    });
  }
}
