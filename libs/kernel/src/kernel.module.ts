import { Global, Module } from '@nestjs/common';
import { Clock, SystemClock } from './clock';
import { configurableModule } from './configurable-module';
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

const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } = configurableModule<KernelOptions>();

/**
 * Provides {@link Clock}, {@link Random}, {@link Keyring}, {@link ErrorCatalogService}, {@link FindingRegistry} and
 * {@link MetricsRegistry} to the whole application.
 */
@Global()
@Module({
  providers: [
    {
      provide: Clock,
      inject: [MODULE_OPTIONS_TOKEN],
      useFactory: ({ clock }: KernelOptions) => clock ?? new SystemClock(),
    },
    {
      provide: Random,
      inject: [MODULE_OPTIONS_TOKEN, Clock],
      useFactory: ({ random }: KernelOptions, clock: Clock) => random ?? new SystemRandom(clock),
    },
    {
      provide: Keyring,
      inject: [MODULE_OPTIONS_TOKEN],
      useFactory: ({ keyring }: KernelOptions) => keyring,
    },
    ErrorCatalogService,
    FindingRegistry,
    MetricsRegistry,
  ],
  exports: [Clock, Random, Keyring, ErrorCatalogService, FindingRegistry, MetricsRegistry],
})
export class KernelModule extends ConfigurableModuleClass {}
