import {
  applyDecorators,
  Controller,
  UseFilters,
  UseGuards,
  CanActivate,
  ExecutionContext,
  Injectable,
} from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { machineOf } from '@portillon/access';
import { AppError } from '@portillon/kernel';
import type { FastifyRequest } from 'fastify';
import { ScimErrorFilter } from './scim-error.filter';

/** A directory calls with a token. A user's session is refused: elsewhere these actions require a fresh proof of it. */
@Injectable()
export class MachinesOnlyGuard implements CanActivate {
  /** @throws AppError `permission.denied` */
  canActivate(context: ExecutionContext): boolean {
    if (machineOf(context.switchToHttp().getRequest<FastifyRequest>())) return true;
    throw new AppError('permission.denied');
  }
}

/** A controller of SCIM: refusals in its own shape, tokens alone. It describes itself, in `/scim/v2/Schemas`. */
export const ScimController = (path: string) =>
  applyDecorators(
    Controller(`scim/v2/${path}`),
    ApiExcludeController(),
    UseGuards(MachinesOnlyGuard),
    UseFilters(ScimErrorFilter),
  );

export const SCIM_TYPE = ['content-type', 'application/scim+json; charset=utf-8'] as const;
