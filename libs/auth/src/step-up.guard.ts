import {
  applyDecorators,
  CanActivate,
  ExecutionContext,
  Inject,
  Injectable,
  UseGuards,
} from '@nestjs/common';
import { ApiUnauthorizedResponse } from '@nestjs/swagger';
import { AppError, Clock, shift } from '@portillon/kernel';
import type { Session } from '@portillon/session';
import { AUTH_OPTIONS } from './auth.options';
import type { ResolvedAuthOptions } from './auth.options';
import { Problem } from './problem.dto';

/** Asks for a code or password given in the last minutes (OWASP ASVS 5.0, 7.5). */
@Injectable()
export class StepUpGuard implements CanActivate {
  constructor(
    private readonly clock: Clock,
    @Inject(AUTH_OPTIONS) private readonly options: ResolvedAuthOptions,
  ) {}

  /** @throws AppError `reauthentication.required` */
  canActivate(context: ExecutionContext): boolean {
    const { portillonSession } = context.switchToHttp().getRequest<{ portillonSession?: Session }>();
    const freshUntil = portillonSession && shift(portillonSession.authenticatedAt, this.options.freshMs);
    if (freshUntil && freshUntil > this.clock.now()) return true;
    throw new AppError('reauthentication.required', 'unauthenticated');
  }
}

/** Marks a sensitive act: the guarded session must also be fresh. */
export const RequiresStepUp = () =>
  applyDecorators(
    UseGuards(StepUpGuard),
    ApiUnauthorizedResponse({
      description: '`session.required`, `code.required`, `reauthentication.required`',
      type: Problem,
    }),
  );
