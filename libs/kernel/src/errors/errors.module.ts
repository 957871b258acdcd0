import { DynamicModule, Module } from '@nestjs/common';
import { ErrorCatalogService } from './error-catalog.service';
import type { ErrorDefinitions, FieldTexts } from './errors.types';

/**
 * Registers the error codes of a library: its module imports `ErrorsModule.forFeature(couponErrors)`. Needs
 * `KernelModule`.
 */
@Module({})
export class ErrorsModule {
  static forFeature(errors: ErrorDefinitions, fields: FieldTexts = {}): DynamicModule {
    const registered = {
      provide: Symbol('registered errors'),
      inject: [ErrorCatalogService],
      useFactory: (catalog: ErrorCatalogService) => catalog.register(errors, fields),
    };
    return { module: ErrorsModule, providers: [registered] };
  }
}
