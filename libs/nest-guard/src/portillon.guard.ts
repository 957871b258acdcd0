import {
  CanActivate,
  ExecutionContext,
  Inject,
  Injectable,
  ServiceUnavailableException,
  UnauthorizedException,
} from '@nestjs/common';
import { HttpAdapterHost, Reflector } from '@nestjs/core';
import type { IncomingHttpHeaders } from 'node:http';
import { hasLevel, LEVELS, PUBLIC, REQUIRED_LEVEL, RequiredLevel } from './guard.decorators';
import { personOf } from './person';
import type { GuardedRequest } from './person';
import { GUARD_OPTIONS } from './portillon-guard.options';
import type { PortillonGuardOptions } from './portillon-guard.options';
import { TokenVerifierService } from './token-verifier.service';

interface GivenToken {
  kind: 'assertion' | 'bearer';
  token: string;
}

const BEARER = /^bearer ([A-Za-z0-9\-._~+/]+=*)$/i;
/** What the gate sends instead of an assertion for a public path. */
const NO_ASSERTION = '-';

/** Challenge for a client without a token (RFC 6750, 3). */
const NO_TOKEN = 'Bearer';
const INVALID_TOKEN = 'Bearer error="invalid_token"';

/** Closes every route that is not `@Public()` to requests without a valid token of Portillon. */
@Injectable()
export class PortillonGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly verifier: TokenVerifierService,
    private readonly host: HttpAdapterHost,
    @Inject(GUARD_OPTIONS) private readonly options: PortillonGuardOptions,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (this.#metadata<boolean>(context, PUBLIC)) return true;
    const request = context.switchToHttp().getRequest<GuardedRequest & { headers: IncomingHttpHeaders }>();
    const given = this.#tokenOf(request.headers);
    if (!given) throw this.#refused(context, NO_TOKEN);
    const claims = await this.#claims(given);
    if (!claims) throw this.#refused(context, INVALID_TOKEN);
    const person = personOf(claims);
    const required = this.#metadata<RequiredLevel>(context, REQUIRED_LEVEL);
    const verification = { levels: this.options.levels ?? LEVELS, now: new Date(Date.now()) };
    if (required && !hasLevel(person, required, verification))
      throw this.#refused(context, stepUpChallenge(required));
    request.portillonPerson = person;
    return true;
  }

  /** The assertion precedes the token: behind a proxy with the gate, the proxy vouches for it. */
  #tokenOf(headers: IncomingHttpHeaders): GivenToken | undefined {
    const accept = this.options.accept ?? ['assertion', 'bearer'];
    const assertion = headers['portillon-assertion'];
    if (accept.includes('assertion') && typeof assertion === 'string' && assertion !== NO_ASSERTION)
      return { kind: 'assertion', token: assertion };
    const bearer = BEARER.exec(headers.authorization ?? '')?.[1];
    return bearer && accept.includes('bearer') ? { kind: 'bearer', token: bearer } : undefined;
  }

  async #claims({ kind, token }: GivenToken) {
    try {
      return await this.verifier[kind](token);
    } catch (error) {
      throw new ServiceUnavailableException('Sign-in cannot be verified at the moment', { cause: error });
    }
  }

  /** The same for every refusal, so that a forger learns nothing about what was wrong. */
  #refused(context: ExecutionContext, challenge: string): UnauthorizedException {
    this.host.httpAdapter.setHeader(context.switchToHttp().getResponse(), 'WWW-Authenticate', challenge);
    return new UnauthorizedException();
  }

  #metadata<Value>(context: ExecutionContext, key: string): Value | undefined {
    return this.reflector.getAllAndOverride<Value | undefined>(key, [
      context.getHandler(),
      context.getClass(),
    ]);
  }
}

/** Challenge with the level that a client must request from Portillon (RFC 9470, 3). */
function stepUpChallenge({ acr, maxAge }: RequiredLevel): string {
  const age = maxAge === undefined ? '' : `, max_age="${maxAge}"`;
  return `Bearer error="insufficient_user_authentication", acr_values="${acr}"${age}`;
}
