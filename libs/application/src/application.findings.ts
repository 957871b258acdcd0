import { Injectable } from '@nestjs/common';
import type { FindingOf, FindingSource } from '@portillon/kernel';
import { ApplicationService } from './application.service';

declare module '@portillon/kernel' {
  interface FindingValues {
    /** Number of applications without PKCE and nonce. */
    applications: { withoutPkce: number };
  }
}

/** Checks that every application protects its codes. */
@Injectable()
export class ApplicationFindings implements FindingSource {
  readonly subject = 'applications';

  constructor(private readonly applications: ApplicationService) {}

  async find(): Promise<FindingOf<'applications'>> {
    const off = await this.applications.withoutPkce();
    const values = { withoutPkce: off.length };
    if (off.length === 0) return { state: 'well', text: 'PKCE or a nonce protects every sign-in', values };
    const names = off.map(({ id, name }) => `${name} (${id})`).join(', ');
    const advice = 'set it to "required" or "nonce" after the run';
    return { state: 'remark', text: `PKCE is off for ${names}`, advice, values };
  }
}
