import { Injectable } from '@nestjs/common';
import type { FindingOf, FindingSource } from '@portillon/kernel';
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
