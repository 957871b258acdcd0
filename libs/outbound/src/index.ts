export { outboundLookup } from './guarded-lookup';
export { HostResolver } from './host-resolver.service';
export { OutboundModule } from './outbound.module';
export type { OutboundOptions } from './outbound.options';
export { OutboundService } from './outbound.service';
export { refusalOf } from './url.policy';
export type { OutboundAnswer, OutboundFailure, OutboundRequest, OutboundResult } from './outbound.types';
