import { Inject, Injectable } from '@nestjs/common';
import type { GatedApplication } from '@portillon/application';
import { Clock, epochSeconds, MINUTE, shift } from '@portillon/kernel';
import { Proof, SigningKeyService } from '@portillon/openid';
import { GATE_OPTIONS } from '../gate.options';
import type { GateOptions } from '../gate.options';
import type { StandingPerson } from './gate-standing.types';

/** It is made for one request: long enough for its way through the proxy. */
const LIFE_MS = MINUTE;

/** What an application behind the gate can verify by itself: who asks, for it alone, for one minute. */
@Injectable()
export class AssertionService {
  constructor(
    private readonly keys: SigningKeyService,
    private readonly clock: Clock,
    @Inject(GATE_OPTIONS) private readonly options: GateOptions,
  ) {}

  /** `proof`: the one for which the person may pass. */
  sign(
    { session, sid, email }: StandingPerson,
    application: GatedApplication,
    { acr, amr, authTime }: Proof,
  ): Promise<string> {
    const now = this.clock.now();
    const { principal } = session;
    const claims = {
      iss: this.options.publicUrl,
      sub: session.accountId,
      aud: application.id,
      iat: epochSeconds(now),
      exp: epochSeconds(shift(now, LIFE_MS)),
      sid,
      acr,
      amr,
      auth_time: authTime,
      ...(application.claimNames && { name: principal.displayName, preferred_username: principal.username }),
      ...(application.claimMail && { email }),
      ...(application.claimGroups && { groups: principal.roles }),
      ...(principal.structure && { structure: principal.structure }),
    };
    // A signature by RSA would be most of what a check costs.
    return this.keys.sign(claims, { typ: 'portillon-assertion+jwt', alg: 'ES256' });
  }
}
