import { Inject, Injectable } from '@nestjs/common';
import { AccessTokenService, isFor } from '../tokens/access-token.service';
import { MACHINE_OPTIONS, type ResolvedMachineOptions } from './machine.options';

/** The claims of an application's token (RFC 9068). */
export interface MachineClaims {
  clientId: string;
  scopes: string[];
  structureId: string | null;
}

/** Verifies the access tokens that our provider issues for this API, to users and to machine clients. */
@Injectable()
export class AccessTokenVerifierService {
  constructor(
    private readonly tokens: AccessTokenService,
    @Inject(MACHINE_OPTIONS) private readonly options: ResolvedMachineOptions,
  ) {}

  /** Returns undefined when the token is not ours, not for this API, expired, or a user's. */
  async verify(token: string): Promise<MachineClaims | undefined> {
    const claims = await this.tokens.read(token);
    return claims && isFor(claims, [this.options.resource]) ? machineClaims(claims) : undefined;
  }
}

/** The claims of a machine client's token, whose subject is the application (RFC 9068, 2.2). */
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
