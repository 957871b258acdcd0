import { DynamicModule, Module } from '@nestjs/common';
import { Clock, SystemClock } from './clock';
import { ErrorCatalogService } from './errors/error-catalog.service';
import { FindingRegistry } from './findings/finding-registry';
import { Keyring } from './keyring';
import { MetricsRegistry } from './metrics-registry';
import { Random, SystemRandom } from './random';

export interface KernelOptions {
  keyring: Keyring;
  /** Another clock or source of randomness, for tests. */
  clock?: Clock;
  random?: Random;
}

/**
 * Provides {@link Clock}, {@link Random}, {@link Keyring}, {@link ErrorCatalogService}, {@link FindingRegistry} and
 * {@link MetricsRegistry} to the whole application.
 */
@Module({})
export class KernelModule {
  static forRoot(options: KernelOptions): DynamicModule {
    const clock = options.clock ?? new SystemClock();
    return {
      module: KernelModule,
      global: true,
      providers: [
        { provide: Clock, useValue: clock },
        { provide: Random, useValue: options.random ?? new SystemRandom(clock) },
        { provide: Keyring, useValue: options.keyring },
        ErrorCatalogService,
        FindingRegistry,
        MetricsRegistry,
      ],
      exports: [Clock, Random, Keyring, ErrorCatalogService, FindingRegistry, MetricsRegistry],
    };
  }
}
