import { Injectable } from '@nestjs/common';
import { FactorRegistry } from '@portillon/access';
import type { Client } from '@portillon/http';
import { CodeDeliveryService } from '../code/code-delivery.service';
import type { RequestedCode } from '../code/code-delivery.types';
import { CodeSignInStartService, StartedSignIn } from '../code/code-sign-in-start.service';
import { PasswordChecked, PasswordCheckService, PasswordRequest } from './password-check.service';
import { PasswordRefusalService } from './password-refusal.service';
import { PasswordMetrics } from './password.metrics';
import { RememberedSignIn, RememberedSignInService } from './remembered-sign-in.service';

/** `code-unsent`: the sign-in continues although its message did not leave; the user may request another code. */
export type PasswordSignInResult =
  | ({ status: 'signed-in' } & RememberedSignIn)
  | ({ status: 'code-required'; signInToken: string; sharedWorkstation: boolean } & RequestedCode)
  | { status: 'code-unsent'; signInToken: string; error: Error };

/** The first step of a sign-in: user name and password. */
@Injectable()
export class PasswordSignInService {
  constructor(
    private readonly passwords: PasswordCheckService,
    private readonly remembered: RememberedSignInService,
    private readonly starts: CodeSignInStartService,
    private readonly codes: CodeDeliveryService,
    private readonly refusals: PasswordRefusalService,
    private readonly factors: FactorRegistry,
    private readonly metrics: PasswordMetrics,
  ) {}

  /**
   * Checks the password, then opens a session where this browser gave a code that still holds, or begins a sign-in and
   * sends its code.
   *
   * @throws AppError `credentials.rejected`, `attempts.exceeded`, `means.unavailable`, `identity.unverified`, `service.busy`
   */
  async signIn(request: PasswordRequest): Promise<PasswordSignInResult> {
    const begun = performance.now();
    const accepted = await this.#accept(request);
    this.metrics.observe(performance.now() - begun);
    return 'session' in accepted ? { status: 'signed-in', ...accepted } : this.#send(accepted);
  }

  /** A session, or a sign-in that waits for its code: either is committed. */
  async #accept(request: PasswordRequest): Promise<RememberedSignIn | StartedSignIn> {
    const { client } = request;
    const checked = await this.passwords.check(request);
    const opened = await this.passwords.settle(checked, this.#open(checked, client));
    return opened ?? this.refusals.rejectChanged(client, checked.account);
  }

  /** Undefined when the account was deactivated or its password changed meanwhile. */
  async #open(
    checked: PasswordChecked,
    client: Client,
  ): Promise<RememberedSignIn | StartedSignIn | undefined> {
    const opened = await this.remembered.open(checked, client);
    if (opened) return opened;
    const own = await this.factors.of(checked.account);
    await this.refusals.requireFactor(checked.account, own, client);
    return this.starts.start(checked, own, client);
  }

  /** Runs after the sign-in is committed: a message that fails must not end the sign-in. */
  async #send({ pending, ...started }: StartedSignIn): Promise<PasswordSignInResult> {
    try {
      const delivered = pending && (await this.codes.deliver(pending));
      return { status: 'code-required', ...started, pending: delivered };
    } catch (error) {
      return { status: 'code-unsent', signInToken: started.signInToken, error: error as Error };
    }
  }
}
