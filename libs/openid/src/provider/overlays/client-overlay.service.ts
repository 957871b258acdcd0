import { Injectable } from '@nestjs/common';
import { ApplicationSecretService } from '@portillon/application';
import { Clock, epochSeconds } from '@portillon/kernel';
import type Provider from 'oidc-provider';
import { OpenidArtifactService } from '../../artifacts/openid-artifact.service';
import { applicationOf, modelsOf } from '../oidc-context';

/** Changes how the library handles clients. */
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
    // The library compares plain secrets; we store digests.
    Client.prototype.compareClientSecret = function (secret) {
      return secrets.matches(applicationOf(this).secrets, secret);
    };
    // Every ID token names its session, even when the application has no logout address.
    Client.prototype.includeSid = () => true;
    // The library tries once, in the request, and for one of many causes. We write deliveries wherever a session ends.
    Client.prototype.backchannelLogout = async () => undefined;
    // The library reads, then writes: two requests with the same assertion would both pass.
    ReplayDetection.unique = (iss, jti, exp) => this.#isFirst(iss, jti, exp);
  }

  #isFirst(iss: string, jti: string, exp: number): Promise<boolean> {
    const seconds = Math.max(1, exp - epochSeconds(this.clock.now()));
    return this.artifacts.add('ReplayDetection', `${iss} ${jti}`, {}, seconds);
  }
}
