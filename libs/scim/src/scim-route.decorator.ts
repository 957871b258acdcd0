import { applyDecorators, Controller, UseFilters, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { MachinesOnlyGuard } from './machines-only.guard';
import { ScimErrorFilter } from './scim-error.filter';

/** A controller of SCIM: refusals in its own shape, tokens alone. It describes itself, in `/scim/v2/Schemas`. */
export const ScimController = (path: string) =>
  applyDecorators(
    Controller(`scim/v2/${path}`),
    ApiExcludeController(),
    UseGuards(MachinesOnlyGuard),
    UseFilters(ScimErrorFilter),
  );

export const SCIM_TYPE = ['content-type', 'application/scim+json; charset=utf-8'] as const;
