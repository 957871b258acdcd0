import { Inject, Injectable } from '@nestjs/common';
import { Finding, FindingSource, NOT_SET, reasonText, SECOND, withTimeout } from '@portillon/kernel';
import { PROVIDER_OPTIONS, type ResolvedProvider } from './pro-sante-connect.options';
import { ProviderDiscoveryService } from './provider/provider-discovery.service';

/** How long a page waits for it. */
const PATIENCE_MS = 2 * SECOND;

/** Whether Pro Santé Connect answers now. An instance is ready without it, because users sign in by other means. */
@Injectable()
export class ProSanteConnectFindings implements FindingSource {
  readonly subject = 'psc';

  constructor(
    private readonly provider: ProviderDiscoveryService,
    @Inject(PROVIDER_OPTIONS) private readonly options: ResolvedProvider | null,
  ) {}

  async find(): Promise<Finding> {
    return this.#find((answer) => withTimeout(PATIENCE_MS, answer));
  }

  async check(): Promise<Finding[]> {
    return [await this.#find((answer) => answer)];
  }

  async #find(wait: (answer: Promise<void>) => Promise<void>): Promise<Finding> {
    if (!this.options) return NOT_SET;
    try {
      await wait(this.provider.ask());
      return { state: 'well', text: 'answers' };
    } catch (error) {
      const text = `does not answer (${reasonText(error)})`;
      const advice = 'check PSC_DISCOVERY_URL, the way out of this network, and PSC’s own status';
      return { state: 'failing', text, advice };
    }
  }
}
