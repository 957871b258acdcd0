import { Injectable } from '@nestjs/common';
import { CodeSignInStartService, StartedSignIn } from './code-sign-in-start.service';
import { PasswordCheckService, PasswordRequest } from './password-check.service';
import { PasswordRefusalService } from './password-refusal.service';
import { RememberedSignIn, RememberedSignInService } from './remembered-sign-in.service';

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
    const opened = await this.remembered.open(checked, client);
    if (opened) return { status: 'signed-in', ...opened };
    const started = await this.codes.start(checked, client);
    if (started) return { status: 'code-required', ...started };
    return this.refusals.refuseChanged(client, checked.account);
  }
}
