import { Module } from '@nestjs/common';
import { Agent } from 'undici';
import { HostResolver } from './host-resolver.service';
import { outboundAgent } from './outbound-agent';
import { ConfigurableModuleClass, OUTBOUND_OPTIONS } from './outbound.options';
import { OutboundService } from './outbound.service';

/** Provides {@link OutboundService}. Replace `HostResolver` to resolve names another way. */
@Module({
  providers: [
    HostResolver,
    { provide: Agent, inject: [OUTBOUND_OPTIONS, HostResolver], useFactory: outboundAgent },
    OutboundService,
  ],
  exports: [OutboundService],
})
export class OutboundModule extends ConfigurableModuleClass {}
