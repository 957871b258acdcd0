import { Inject, Injectable } from '@nestjs/common';
import type { SignInAccount } from '@portillon/account';
import { AuditService } from '@portillon/audit';
import type { Client } from '@portillon/http';
import { SecurityNoticeService } from '@portillon/security-notice';
import { TrustedDevice, TrustedDeviceService } from '@portillon/session';
import { ACCESS_OPTIONS, audited } from '@portillon/access';
import type { ResolvedAccessOptions } from '@portillon/access';

/** A browser in which the user gave a code before, and the token that it sent. */
export interface RecognizedBrowser {
  browser: TrustedDevice;
  token: string;
}

/** An id that no account has. */
const NO_ACCOUNT = '00000000-0000-0000-0000-000000000000';

/** Recognises the browsers of an account at a sign-in. */
@Injectable()
export class BrowserRecognitionService {
  constructor(
    private readonly trustedDevices: TrustedDeviceService,
    private readonly notices: SecurityNoticeService,
    private readonly audit: AuditService,
    @Inject(ACCESS_OPTIONS) private readonly options: ResolvedAccessOptions,
  ) {}

  /**
   * Returns the browser of this cookie. A name without an account also causes a look-up, so that response times do not
   * differ.
   */
  async recognise(
    cookie: string | undefined,
    account: SignInAccount | undefined,
    client: Client,
  ): Promise<RecognizedBrowser | undefined> {
    const outcome = await this.trustedDevices.recognise(cookie, account?.id ?? NO_ACCOUNT);
    if (outcome.status === 'recognised') return outcome;
    if (outcome.status === 'reused' && account) await this.#endCopied(outcome.browserId, account, client);
    return undefined;
  }

  /** When the valid code was accepted: in this browser, or in any where the deployment allows it. */
  async acceptedAt(
    { id }: Pick<SignInAccount, 'id'>,
    known: RecognizedBrowser | undefined,
  ): Promise<Date | null> {
    const isAnywhere = this.options.codeWindowScope === 'account';
    const browsers = isAnywhere ? await this.trustedDevices.list(id) : known ? [known.browser] : [];
    const times = browsers.filter((one) => one.codeStillValid).map((one) => one.codeAcceptedAt.getTime());
    return times.length === 0 ? null : new Date(Math.max(...times));
  }

  /** The browser presented an older secret: the cookie was copied, so neither copy is trusted. */
  async #endCopied(browserId: string, account: SignInAccount, client: Client): Promise<void> {
    await this.trustedDevices.end(browserId, 'reused');
    const event = { name: 'browser_reuse_detected', outcome: 'FAILURE', data: { browserId } } as const;
    await this.audit.record(audited(client, account, event));
    await this.notices.notify('browser-reuse', account, { client });
  }
}
