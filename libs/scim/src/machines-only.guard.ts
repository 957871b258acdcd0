import { CanActivate, ExecutionContext, Injectable } from '@nestjs/common';
import { machineOf } from '@portillon/access';
import { AppError } from '@portillon/kernel';
import type { FastifyRequest } from 'fastify';

/** A directory calls with a token. A user's session is refused: elsewhere these actions require a fresh proof of it. */
@Injectable()
export class MachinesOnlyGuard implements CanActivate {
  /** @throws AppError `permission.denied` */
  canActivate(context: ExecutionContext): boolean {
    if (machineOf(context.switchToHttp().getRequest<FastifyRequest>())) return true;
    throw new AppError('permission.denied');
  }
}
