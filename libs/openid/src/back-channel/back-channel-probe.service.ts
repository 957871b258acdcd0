import { Injectable } from '@nestjs/common';
import { ApplicationEntity, ApplicationService } from '@portillon/application';
import { OutboundResult, OutboundService } from '@portillon/outbound';

const TIMEOUT_MS = 5_000;
const AT_A_TIME = 20;

/** An application that a logout token cannot reach now. */
export interface SilentBackChannel {
  application: string;
  uri: string;
  reason: string;
}

/** Whether the applications that want to hear of sign-outs can be reached, asked from here. */
@Injectable()
export class BackChannelProbeService {
  constructor(
    private readonly applications: ApplicationService,
    private readonly outbound: OutboundService,
  ) {}

  /** How many there are, and those that do not answer. Any answer will do: without a logout token it is an error. */
  async probe(): Promise<{ asked: number; silent: SilentBackChannel[] }> {
    const all = await this.applications.withBackChannel();
    const silent: SilentBackChannel[] = [];
    for (let start = 0; start < all.length; start += AT_A_TIME) {
      const asked = await Promise.all(all.slice(start, start + AT_A_TIME).map((one) => this.#ask(one)));
      silent.push(...asked.filter((one) => one !== undefined));
    }
    return { asked: all.length, silent };
  }

  async #ask({ name, backchannelLogoutUri }: ApplicationEntity): Promise<SilentBackChannel | undefined> {
    const uri = backchannelLogoutUri!;
    const result = await this.outbound.send(uri, { method: 'POST', timeoutMs: TIMEOUT_MS });
    const reason = failureOf(result);
    return reason === undefined ? undefined : { application: name, uri, reason };
  }
}

/** A proxy answers for an application that is away. */
function failureOf(result: OutboundResult): string | undefined {
  if (result.outcome === 'failed') return result.reason;
  return result.status >= 502 && result.status <= 504 ? `status ${result.status}` : undefined;
}
