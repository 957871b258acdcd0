import { Inject, Injectable } from '@nestjs/common';
import type { IdTokenAlg } from '@portillon/application';
import { Clock, epochSeconds, Random } from '@portillon/kernel';
import { SigningKeyService } from '../keys/signing-key.service';
import { OPENID_OPTIONS, type ResolvedOpenidOptions } from '../openid.options';
import type { OpenidLogoutDeliveryEntity } from './openid-logout-delivery.entity';

const LOGOUT_EVENT = 'http://schemas.openid.net/event/backchannel-logout';
const GOOD_FOR_SECONDS = 120;

/** Logout tokens (OpenID Connect Back-Channel Logout, 2.4). */
@Injectable()
export class LogoutTokenService {
  constructor(
    private readonly keys: SigningKeyService,
    private readonly clock: Clock,
    private readonly random: Random,
    @Inject(OPENID_OPTIONS) private readonly options: ResolvedOpenidOptions,
  ) {}

  /** Signed as the ID tokens of the application are (2.6): its library expects no other algorithm. */
  issue({ applicationId, accountId, sid }: OpenidLogoutDeliveryEntity, alg: IdTokenAlg): Promise<string> {
    const iat = epochSeconds(this.clock.now());
    const claims = {
      iss: this.options.publicUrl,
      aud: applicationId,
      sub: accountId,
      sid,
      iat,
      exp: iat + GOOD_FOR_SECONDS,
      jti: this.random.id(),
      events: { [LOGOUT_EVENT]: {} },
    };
    return this.keys.sign(claims, { typ: 'logout+jwt', alg });
  }
}
