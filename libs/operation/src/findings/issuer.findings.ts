import { Inject, Injectable } from '@nestjs/common';
import { failureFinding, Finding, FindingSource, presentedCertificates, SECOND } from '@portillon/kernel';
import { KeyAnnouncementService } from '@portillon/persistence';
import { OPERATION_OPTIONS } from '../operation.options';
import type { OperationOptions } from '../operation.options';

const PATIENCE_MS = 5 * SECOND;

/**
 * Checks that our address answers as the issuer that applications know: libraries refuse an issuer that differs by one
 * letter.
 */
@Injectable()
export class IssuerFindings implements FindingSource {
  readonly subject = 'issuer';

  constructor(
    @Inject(OPERATION_OPTIONS) private readonly options: OperationOptions,
    private readonly announcements: KeyAnnouncementService,
  ) {}

  async check(): Promise<Finding[]> {
    const running = await this.announcements.running();
    return [running.length > 0 ? await this.#ask() : { state: 'well', text: 'not asked: no instance runs' }];
  }

  /** That of the proxy, where there is one. */
  async certificates() {
    const { protocol, hostname, port } = new URL(this.options.publicUrl);
    if (protocol !== 'https:') return [];
    const host = hostname.replace(/^\[|\]$/g, '');
    return presentedCertificates([{ setting: 'PUBLIC_URL', host, port: Number(port || 443) }]);
  }

  async #ask(): Promise<Finding> {
    const { publicUrl } = this.options;
    try {
      const url = `${publicUrl}/.well-known/openid-configuration`;
      const answer = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS), redirect: 'manual' });
      const said = answer.ok ? ((await answer.json()) as { issuer?: unknown }).issuer : undefined;
      if (said === publicUrl) return { state: 'well', text: `${publicUrl} answers as itself` };
      const what = said === undefined ? `answers ${answer.status}` : 'answers as another issuer';
      const advice = 'have the proxy pass /.well-known/ and /oidc/ to this service';
      return { state: 'failing', text: `PUBLIC_URL ${what}`, advice };
    } catch (error) {
      return failureFinding(error, 'PUBLIC_URL');
    }
  }
}
