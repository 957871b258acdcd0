import { CanActivate, ExecutionContext, Injectable } from '@nestjs/common';
import { machineOf } from '@portillon/access';
import { AppError } from '@portillon/kernel';
import type { FastifyRequest } from 'fastify';

/** A directory asks with a token. A person's session is none: these acts ask it for a fresh proof, elsewhere. */
@Injectable()
export class MachinesOnlyGuard implements CanActivate {
  /** @throws AppError `permission.denied` */
  canActivate(context: ExecutionContext): boolean {
    if (machineOf(context.switchToHttp().getRequest<FastifyRequest>())) return true;
    throw new AppError('permission.denied');
  }
}
