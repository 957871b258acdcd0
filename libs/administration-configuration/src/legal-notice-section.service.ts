import { Injectable } from '@nestjs/common';
import { storedLegalTexts, LegalField, LegalNoticeService } from '@portillon/administration-setup';
import { AuditService } from '@portillon/audit';
import { AppError } from '@portillon/kernel';
import type { EntityManager } from 'typeorm';
import type { LegalNoticeEntry } from './configuration.dto';
import { asked, fieldChanges } from './configuration.types';
import type { AppliedEntry, ConfiguredSection, SecretReader } from './configuration.types';

/** The operator's legal texts: one entry, since there is one operator. */
@Injectable()
export class LegalNoticeSectionService implements ConfiguredSection<LegalNoticeEntry> {
  constructor(
    private readonly notices: LegalNoticeService,
    private readonly audit: AuditService,
  ) {}

  async apply(entry: LegalNoticeEntry, _secrets: SecretReader, tx: EntityManager): Promise<AppliedEntry> {
    const { updatedAt: _updatedAt, version, ...before } = await this.notices.get(tx);
    const changes = fieldChanges(before, storedLegalTexts(entry));
    const applied = { id: 'legalNotice', name: '', fields: changes };
    if (changes.length === 0) return { ...applied, kind: 'left-alone' };
    const texts = { ...before, ...asked(changes) };
    if (!(await this.notices.set(texts, version, tx))) throw new AppError('precondition.failed');
    const data = { fields: changes.map(({ field }) => field as LegalField), by: 'command-line' } as const;
    await this.audit.record({ name: 'legal_notice_updated', outcome: 'SUCCESS', data }, tx);
    return { ...applied, kind: version === 0 ? 'created' : 'changed' };
  }

  async export(): Promise<LegalNoticeEntry> {
    const { updatedAt: _updatedAt, version: _version, ...texts } = await this.notices.get();
    return texts;
  }
}
