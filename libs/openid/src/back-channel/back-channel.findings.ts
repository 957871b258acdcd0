import { Injectable } from '@nestjs/common';
import { ApplicationEntity, ApplicationService } from '@portillon/application';
import type { Finding, FindingSource } from '@portillon/kernel';
import { OutboundResult, OutboundService } from '@portillon/outbound';

const TIMEOUT_MS = 5_000;
const AT_A_TIME = 20;

/** Whether the applications that want to hear of sign-outs can be reached, asked from here. */
@Injectable()
export class BackChannelFindings implements FindingSource {
  readonly subject = 'sign-out';

  constructor(
    private readonly applications: ApplicationService,
    private readonly outbound: OutboundService,
  ) {}

  async check(): Promise<Finding[]> {
    const all = await this.applications.withBackChannel();
    const silent: Finding[] = [];
    for (let start = 0; start < all.length; start += AT_A_TIME) {
      const asked = await Promise.all(all.slice(start, start + AT_A_TIME).map((one) => this.#ask(one)));
      silent.push(...asked.flat());
    }
    if (silent.length > 0) return silent;
    return [{ state: 'well', text: `${all.length} application(s) to notify of sign-outs, all answer` }];
  }

  /** Any answer will do: without a logout token it is an error. */
  async #ask({ name, backchannelLogoutUri }: ApplicationEntity): Promise<Finding[]> {
    const uri = backchannelLogoutUri!;
    const reason = failureOf(await this.outbound.send(uri, { method: 'POST', timeoutMs: TIMEOUT_MS }));
    if (reason === undefined) return [];
    const text = `${name} does not answer at ${new URL(uri).origin} (${reason}): it stays open when people sign out`;
    return [
      { state: 'failing', text, advice: 'check the address and OUTBOUND_ALLOW, and contact its operator' },
    ];
  }
}

/** A proxy answers for an application that is away. */
function failureOf(result: OutboundResult): string | undefined {
  if (result.outcome === 'failed') return result.reason;
  return result.status >= 502 && result.status <= 504 ? `status ${result.status}` : undefined;
}
