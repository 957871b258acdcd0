import { Injectable } from '@nestjs/common';
import { CodeSignInStartService, StartedSignIn } from '../code/code-sign-in-start.service';
import { PasswordCheckService, PasswordRequest } from './password-check.service';
import { PasswordRefusalService } from './password-refusal.service';
import { RememberedSignIn, RememberedSignInService } from './remembered-sign-in.service';
import { SecondFactorRegistry, SignInPolicy } from '@portillon/access';

export type PasswordSignInResult =
  ({ status: 'signed-in' } & RememberedSignIn) | ({ status: 'code-required' } & StartedSignIn);

/** The first step of a sign-in: user name and password. */
@Injectable()
export class PasswordSignInService {
  constructor(
    private readonly passwords: PasswordCheckService,
    private readonly remembered: RememberedSignInService,
    private readonly codes: CodeSignInStartService,
    private readonly refusals: PasswordRefusalService,
    private readonly policy: SignInPolicy,
    private readonly factors: SecondFactorRegistry,
  ) {}

  /**
   * Checks the password, then opens a session where this browser gave a code that still holds, or begins a sign-in whose
   * code is written and still to be delivered.
   *
   * @throws AppError `credentials.rejected`, `attempts.exceeded`, `means.unavailable`, `service.busy`
   */
  async signIn(request: PasswordRequest): Promise<PasswordSignInResult> {
    const { client } = request;
    const checked = await this.passwords.check(request);
    const { account } = checked;
    // A code that is sent counts no more once the structure's date is past; the person's app may.
    const takesCodes = this.policy.takesCodes(account);
    const opened = takesCodes ? await this.remembered.open(checked, client) : undefined;
    if (opened) return { status: 'signed-in', ...opened };
    const own = await this.factors.of(account);
    if (!takesCodes && own.length === 0) return this.refusals.turnAway(client, account);
    const started = await this.codes.start(checked, own, client);
    if (started) return { status: 'code-required', ...started };
    return this.refusals.refuseChanged(client, account);
  }
}
