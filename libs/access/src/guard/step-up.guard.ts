import {
  applyDecorators,
  CanActivate,
  ExecutionContext,
  Inject,
  Injectable,
  UseGuards,
} from '@nestjs/common';
import { AppError, Clock, addMilliseconds } from '@portillon/kernel';
import type { Session } from '@portillon/session';
import type { FastifyRequest } from 'fastify';
import { ACCESS_OPTIONS, type ResolvedAccessOptions } from '../access.options';
import { machineOf } from './machine-access.registry';
import { ApiErrors } from '../api-errors.decorator';

abstract class FreshnessGuard implements CanActivate {
  constructor(
    private readonly clock: Clock,
    @Inject(ACCESS_OPTIONS) private readonly options: ResolvedAccessOptions,
  ) {}

  /** @throws AppError `reauthentication.required` */
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest & { portillonSession?: Session }>();
    // A machine client proves its identity with each token, which lives for minutes: its scopes say what it may do.
    if (machineOf(request)) return true;
    const { portillonSession } = request;
    const freshUntil =
      portillonSession && addMilliseconds(this.provedAt(portillonSession), this.options.freshMs);
    if (freshUntil && freshUntil > this.clock.now()) return true;
    throw new AppError('reauthentication.required');
  }

  protected abstract provedAt(session: Session): Date;
}

/**
 * Requires a code, a card or Pro Santé Connect within the last minutes (NIST SP 800-63B-4, OWASP ASVS 5.0, 7.5). A password
 * alone is not enough, even in a browser that remembers an older code.
 */
@Injectable()
export class StepUpGuard extends FreshnessGuard {
  protected override provedAt({ authenticatedAt }: Session): Date {
    return authenticatedAt;
  }
}

/** Requires one factor within the last minutes; the password is enough (OWASP ASVS 5.0, 7.5.2). */
@Injectable()
export class FreshFactorGuard extends FreshnessGuard {
  protected override provedAt({ means, signedInAt, authenticatedAt }: Session): Date {
    return means === 'password' && signedInAt > authenticatedAt ? signedInAt : authenticatedAt;
  }
}

const answers = () => ApiErrors({ 401: ['session.required', 'code.required', 'reauthentication.required'] });

/** Marks a sensitive action: on factors, on links, in administration. */
export const RequiresStepUp = () => applyDecorators(UseGuards(StepUpGuard), answers());

/** Marks an action that needs one fresh factor only: ending one's sessions. */
export const RequiresFreshFactor = () => applyDecorators(UseGuards(FreshFactorGuard), answers());
