import { Inject, Injectable } from '@nestjs/common';
import { ACR_OF_MEANS } from '@portillon/application';
import type { AcrOfMeans, ApplicationEntity } from '@portillon/application';
import { Clock, epochSeconds, MINUTE, shift } from '@portillon/kernel';
import { levelOf, SigningKeyService } from '@portillon/openid';
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
    @Inject(ACR_OF_MEANS) private readonly acrOfMeans: AcrOfMeans,
    @Inject(GATE_OPTIONS) private readonly options: GateOptions,
  ) {}

  sign({ session, sid, email }: StandingPerson, application: ApplicationEntity): Promise<string> {
    const now = this.clock.now();
    const { principal } = session;
    const claims = {
      iss: this.options.publicUrl,
      sub: session.accountId,
      aud: application.id,
      iat: epochSeconds(now),
      exp: epochSeconds(shift(now, LIFE_MS)),
      sid,
      ...levelOf(session, this.acrOfMeans),
      auth_time: epochSeconds(session.authenticatedAt),
      ...(application.claimNames && { name: principal.displayName, preferred_username: principal.username }),
      ...(application.claimMail && { email }),
      ...(application.claimGroups && { groups: principal.roles }),
      ...(principal.structure && { structure: principal.structure }),
    };
    // A signature by RSA would be most of what a check costs.
    return this.keys.sign(claims, { typ: 'portillon-assertion+jwt', alg: 'ES256' });
  }
}
