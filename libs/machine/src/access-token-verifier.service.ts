import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '@portillon/kernel';
import { SigningKeyService } from '@portillon/openid';
import { createLocalJWKSet, errors, jwtVerify } from 'jose';
import { MACHINE_OPTIONS } from './machine.options';
import type { ResolvedMachineOptions } from './machine.options';

/** What a token of an application says (RFC 9068). */
export interface MachineClaims {
  clientId: string;
  scopes: string[];
  structureId: string | null;
}

/** The kind of JWT and the algorithms that our tokens have: an ID token, or one that says `none`, is none. */
const RULES = { typ: 'at+jwt', algorithms: ['RS256', 'ES256'], requiredClaims: ['exp', 'iat', 'sub'] };

/** Reads the access tokens that our own provider made for this API. */
@Injectable()
export class AccessTokenVerifierService {
  constructor(
    private readonly keys: SigningKeyService,
    private readonly clock: Clock,
    @Inject(MACHINE_OPTIONS) private readonly options: ResolvedMachineOptions,
  ) {}

  /** Nothing when the token is not ours, not for this API, over, or a person's. */
  async verify(token: string): Promise<MachineClaims | undefined> {
    const keys = createLocalJWKSet(await this.keys.jwks());
    try {
      const { resource } = this.options;
      const rules = { ...RULES, issuer: resource, audience: resource, currentDate: this.clock.now() };
      return machineClaims((await jwtVerify(token, keys, rules)).payload);
    } catch (error) {
      if (error instanceof errors.JOSEError) return undefined;
      throw error;
    }
  }
}

/** A token that an application asked for by itself has the application as its subject (RFC 9068, 2.2). */
function machineClaims({
  sub,
  client_id,
  scope,
  structure,
}: Record<string, unknown>): MachineClaims | undefined {
  if (typeof client_id !== 'string' || sub !== client_id) return undefined;
  return {
    clientId: client_id,
    scopes: typeof scope === 'string' ? scope.split(' ').filter(Boolean) : [],
    structureId: typeof structure === 'string' ? structure : null,
  };
}
