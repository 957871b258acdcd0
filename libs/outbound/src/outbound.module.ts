import { Module } from '@nestjs/common';
import { HostResolver } from './guarded-lookup';
import { ConfigurableModuleClass } from './outbound.options';
import { OutboundService } from './outbound.service';

/** Provides {@link OutboundService}. Replace `HostResolver` to resolve names differently. */
@Module({
  providers: [HostResolver, OutboundService],
  exports: [OutboundService],
})
export class OutboundModule extends ConfigurableModuleClass {}
