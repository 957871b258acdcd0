import { Inject, Injectable } from '@nestjs/common';
import { Finding, FindingSource, NOT_SET } from '@portillon/kernel';
import { STATEMENTS } from '../setup/setup.options';
import { NO_STATEMENTS } from './site-statements.types';
import type { SiteStatements } from './site-statements.types';

/** Which files of the operator are published: one that is empty looks, on the pages, like one that is not there. */
@Injectable()
export class SiteStatementFindings implements FindingSource {
  readonly subject = 'statements';

  constructor(@Inject(STATEMENTS) private readonly statements: SiteStatements) {}

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
