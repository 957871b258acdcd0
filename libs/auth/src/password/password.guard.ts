import { ExecutionContext, Injectable } from '@nestjs/common';
import { AuthGuard, PassportStrategy } from '@nestjs/passport';
import { clientOf, validateBody } from '@portillon/http';
import type { FastifyRequest } from 'fastify';
import { Strategy } from 'passport-local';
import { AccessCookies } from '@portillon/access';
import { PasswordCheckService } from './password-check.service';
import type { AcceptedPassword } from './password-sign-in.service';
import { PasswordSignIn } from '../sign-in.dto';

const options = { usernameField: 'username', passwordField: 'password', passReqToCallback: true } as const;

/** Passport's local strategy over {@link PasswordCheckService}: another strategy plugs in, and nothing else changes. */
@Injectable()
export class PasswordStrategy extends PassportStrategy(Strategy, 'portillon-password') {
  constructor(
    private readonly passwords: PasswordCheckService,
    private readonly cookies: AccessCookies,
  ) {
    super(options);
  }

  async validate(request: FastifyRequest, username: string, password: string): Promise<AcceptedPassword> {
    const begunAt = performance.now();
    const client = clientOf(request);
    const browserCookie = this.cookies.browser(request);
    const checked = await this.passwords.check({ username, password, client, browserCookie });
    return { checked, begunAt };
  }
}

/** Checks the body before the strategy reads it: guards come before pipes. */
@Injectable()
export class PasswordGuard extends AuthGuard('portillon-password') {
  override canActivate(context: ExecutionContext) {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    validateBody(PasswordSignIn, request.body);
    return super.canActivate(context);
  }

  override handleRequest<Outcome>(error: unknown, outcome: Outcome): Outcome {
    // Passport passes on the error that the strategy threw.
    if (error) throw error as Error;
    return outcome;
  }
}
