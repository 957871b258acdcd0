import { Injectable } from '@nestjs/common';
import { ApplicationSecretService } from '@portillon/application';
import { Clock, epochSeconds } from '@portillon/kernel';
import type Provider from 'oidc-provider';
import { OpenidArtifactService } from '../../artifacts/openid-artifact.service';
import { applicationOf, modelsOf } from '../oidc-context';

/** The differences from the library's handling of clients. */
@Injectable()
export class ClientOverlayService {
  constructor(
    private readonly secrets: ApplicationSecretService,
    private readonly artifacts: OpenidArtifactService,
    private readonly clock: Clock,
  ) {}

  overlay(provider: Provider): void {
    const { secrets } = this;
    const { Client, ReplayDetection } = modelsOf(provider);
    // The library compares secrets as they are; we keep digests.
    Client.prototype.compareClientSecret = function (secret) {
      return secrets.matches(applicationOf(this).secrets, secret);
    };
    // Every ID token says which session it is of, whether the application has a logout address or not.
    Client.prototype.includeSid = () => true;
    // The library tries once, in line, at one cause of many: deliveries are written where sessions end.
    Client.prototype.backchannelLogout = async () => undefined;
    // The library looks, then writes: of two requests with one assertion both would pass.
    ReplayDetection.unique = (iss, jti, exp) => this.#isFirst(iss, jti, exp);
  }

  #isFirst(iss: string, jti: string, exp: number): Promise<boolean> {
    const seconds = Math.max(1, exp - epochSeconds(this.clock.now()));
    return this.artifacts.add('ReplayDetection', `${iss} ${jti}`, {}, seconds);
  }
}
