import { Inject, Injectable } from '@nestjs/common';
import {
  failureFinding,
  Finding,
  FindingSource,
  presentedCertificates,
  SECOND,
  Clock,
} from '@portillon/kernel';
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

/** End of the security updates of the tested versions of Node.js (nodejs.org/en/about/previous-releases). */
const UPDATED_UNTIL: Record<string, string> = { 20: '2026-04-30', 22: '2027-04-30', 24: '2028-04-30' };

/** Remarks on a version of Node.js that is not tested, or gets no more security updates. */
@Injectable()
export class NodeFindings implements FindingSource {
  readonly subject = 'node';

  constructor(private readonly clock: Clock) {}

  async check(): Promise<Finding[]> {
    return nodeFindings(process.versions.node, this.clock.now());
  }
}

/** `version`: such as `24.1.0`. */
export function nodeFindings(version: string, now: Date): Finding[] {
  const end = UPDATED_UNTIL[version.split('.', 1)[0]!];
  if (end && now.toISOString().slice(0, 10) <= end) return [];
  const what = end ? `has had no security updates since ${end}` : 'is not tested';
  return [{ state: 'remark', text: `Node.js ${version} ${what}`, advice: 'install Node.js 24' }];
}
