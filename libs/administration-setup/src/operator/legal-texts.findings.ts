import { Injectable, Inject } from '@nestjs/common';
import { FindingSource, Finding, NOT_SET } from '@portillon/kernel';
import type { FindingOf } from '@portillon/kernel';
import { STATEMENTS } from '../setup/setup.options';
import { NO_STATEMENTS } from '../setup/statements/site-statements.dto';
import type { PublishedStatements } from '../setup/statements/site-statements.dto';
import { LegalNoticeService } from './legal-notice.service';
import { missingTexts } from './legal-notice.types';

declare module '@portillon/kernel' {
  interface FindingValues {
    /** Fields of the texts of the law that are empty: all, and those that a page completes. */
    legal: { missing: string[]; emptyTexts: string[] };
  }
}

/** Checks the texts that the law requires of the operator. The service runs without them, but may not open to the public. */
@Injectable()
export class LegalNoticeFindings implements FindingSource {
  readonly subject = 'legal';

  constructor(private readonly notices: LegalNoticeService) {}

  async find(): Promise<FindingOf<'legal'>> {
    const missing = await this.notices.missing();
    const values = { missing, emptyTexts: missingTexts(await this.notices.published()) };
    if (missing.length === 0) return { state: 'well', text: 'the texts of the law are complete', values };
    const advice =
      'complete them under Administration, Mentions légales, and the declaration of accessibility in the folder of SITE_STATEMENTS, before people come';
    return { state: 'remark', text: `not declared yet: ${missing.join(', ')}`, advice, values };
  }
}

/** Which files of the operator are published: one that is empty looks, on the pages, like one that is not there. */
@Injectable()
export class SiteStatementFindings implements FindingSource {
  readonly subject = 'statements';

  constructor(@Inject(STATEMENTS) private readonly statements: PublishedStatements) {}

  async find(): Promise<Finding> {
    if (this.statements === NO_STATEMENTS) return NOT_SET;
    const { legal, privacy, accessibility, dataProtectionOfficer } = this.statements;
    const files = {
      'legal.md': legal,
      'privacy.md': privacy,
      'accessibility.yaml': accessibility,
      'dpo.yaml': dataProtectionOfficer,
    };
    const names = (isPublished: boolean) =>
      Object.entries(files)
        .flatMap(([name, found]) => ((found !== null) === isPublished ? name : []))
        .join(', ');
    const text = `published: ${names(true) || 'none'}; empty or not there: ${names(false) || 'none'}`;
    return { state: 'well', text };
  }
}
